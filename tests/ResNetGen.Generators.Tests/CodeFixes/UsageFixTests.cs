using ResNetGen.Generators.Tests.Infrastructure;

namespace ResNetGen.Generators.Tests.CodeFixes;

/// <summary>Fixes of the declaration as C#.</summary>
public class UsageFixTests
{
    [Theory]
    [InlineData("[ResNet(Depth = 18)] public class Net;", "[ResNet(Depth = 18)] public partial class Net;")]
    [InlineData("[ResNet(Depth = 18)] class Net { }", "[ResNet(Depth = 18)] partial class Net { }")]
    [InlineData("// The net.\n[ResNet(Depth = 18)]\n// Small.\nclass Net { }", "// The net.\n[ResNet(Depth = 18)]\n// Small.\npartial class Net { }")]
    public void Add_partial(string source, string after) => ExpectFix.Offered(source, ("Add 'partial'", after));

    [Fact]
    public void Add_partial_around_a_network() => ExpectFix.Offered(
        "// Ours.\nrecord struct Outer(int X) { [ResNet(Depth = 18)] public partial class Net; }",
        ("Add 'partial'", "// Ours.\npartial record struct Outer(int X) { [ResNet(Depth = 18)] public partial class Net; }"));

    [Theory]
    [InlineData("static")]
    [InlineData("abstract")]
    public void An_ordinary_class(string modifier) => ExpectFix.Offered(
        $"[ResNet(Depth = 18)] public {modifier} partial class Net;",
        ($"Remove '{modifier}'", "[ResNet(Depth = 18)] public partial class Net;"));

    [Fact]
    public void Out_of_the_file() => ExpectFix.Offered(
        "// Ours.\n[ResNet(Depth = 18)] file partial class Net { }",
        ("Remove 'file'", "// Ours.\n[ResNet(Depth = 18)] partial class Net { }"));

    [Fact]
    public void Without_a_base_class() => ExpectFix.Offered(
        "public class Base;\n[ResNet(Depth = 18)] public partial class Net : Base\n{ }",
        ("Leave the base class out", "public class Base;\n[ResNet(Depth = 18)] public partial class Net\n{ }"));

    [Fact]
    public void Without_a_base_class_but_with_the_interfaces() => ExpectFix.Offered(
        "public interface IMine; public class Base;\n[ResNet(Depth = 18)] public partial class Net : Base, IMine;",
        ("Leave the base class out", "public interface IMine; public class Base;\n[ResNet(Depth = 18)] public partial class Net : IMine;"));

    [Fact]
    public void One_family_or_the_other() => ExpectFix.Offered(
        "[ResNet(Depth = 18), PlainNet(Depth = 34)] public partial class Net;",
        ("Remove [PlainNet]", "[ResNet(Depth = 18)] public partial class Net;"),
        ("Remove [ResNet]", "[PlainNet(Depth = 34)] public partial class Net;"));

    [Fact]
    public void One_family_or_the_other_on_lines_of_their_own() => ExpectFix.Offered(
        "// The net.\n[ResNet(Depth = 18)]\n[PlainNet(Depth = 34)]\npublic partial class Net;",
        ("Remove [PlainNet]", "// The net.\n[ResNet(Depth = 18)]\npublic partial class Net;"),
        ("Remove [ResNet]", "// The net.\n[PlainNet(Depth = 34)]\npublic partial class Net;"));

    [Fact]
    public void Every_class_at_once() => ExpectFix.Everywhere(
        "[ResNet(Depth = 18)] public class A; partial class C { [ResNet(Depth = 34)] class D; }",
        "[ResNet(Depth = 18)] public partial class A; partial class C { [ResNet(Depth = 34)] partial class D; }");
}
