using System.Globalization;
using ResNetGen.Generators.Tests.Infrastructure;

namespace ResNetGen.Generators.Tests.Incremental;

/// <summary>What stands around a network: file names, namespaces, containing types; and the machine it is generated on.</summary>
public class FrameTests
{
    [Theory]
    [InlineData("[CifarResNet(Depth = 20)] public partial class Net;", "Net.g.cs")]
    [InlineData("namespace Deep.Nets { [CifarResNet(Depth = 20)] internal sealed partial class Net; }", "Deep.Nets.Net.g.cs")]
    [InlineData("namespace A; public static partial class Outer { public partial struct Inner { [CifarResNet(Depth = 20)] private partial class Net; } }", "A.Outer+Inner+Net.g.cs")]
    [InlineData("namespace A; public partial class Outer<T, @in> where T : class { [CifarResNet(Depth = 20)] public partial class Net; }", "A.Outer`2+Net.g.cs")]
    [InlineData("namespace A; public sealed partial record Outer(int X) { [CifarResNet(Depth = 20)] public partial class Net; }", "A.Outer+Net.g.cs")]
    [InlineData("namespace A; public readonly partial record struct Outer(int X) { [CifarResNet(Depth = 20)] public partial class Net; }", "A.Outer+Net.g.cs")]
    [InlineData("namespace A; public partial interface IOuter { [CifarResNet(Depth = 20)] public partial class Net; }", "A.IOuter+Net.g.cs")]
    [InlineData("namespace @event.@class; public partial class @for { [CifarResNet(Depth = 20)] public partial class @new; }", "event.class.for+new.g.cs")]
    [InlineData("namespace Größe; [CifarResNet(Depth = 20)] public partial class Netz残差;", "Größe.Netz残差.g.cs")]
    public void A_network_anywhere(string source, string hintName)
    {
        GeneratorRun run = GeneratorHost.Run(source).Clean();
        Assert.Equal(hintName, Assert.Single(run.Sources).HintName);
    }

    [Theory]
    [InlineData("namespace A; public partial class Outer<T> { [CifarResNet(Depth = 21)] public partial class Net; }")]
    [InlineData("namespace @event.@class; public partial class @for { [CifarResNet(Depth = 21)] public partial class @new; }")]
    public void A_wrong_network_anywhere(string source) =>
        Assert.Equal("RNG0102", Assert.Single(GeneratorHost.Run(source).Diagnostics).Id);

    [Fact]
    public void Networks_whose_names_differ_in_case_only()
    {
        GeneratorRun run = GeneratorHost.Run("""
            [CifarResNet(Depth = 20)] public partial class Net;
            [CifarResNet(Depth = 26)] public partial class NET;
            namespace Models { [CifarPlainNet(Depth = 26)] public partial class Small; }
            namespace models { [CifarPlainNet(Depth = 20)] public partial class Small; }
            """).Clean();
        Assert.Equal(4, run.Sources.Select(each => each.HintName).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void Networks_of_one_name_in_several_places() => Assert.Equal(
        ["A.Net.g.cs", "B.A+Net.g.cs", "Net.g.cs"],
        GeneratorHost.Run("""
            [CifarResNet(Depth = 20)] public partial class Net;
            namespace A { [CifarResNet(Depth = 20)] public partial class Net; }
            namespace B { public partial class A { [CifarResNet(Depth = 20)] public partial class Net; } }
            """).Sources.Select(each => each.HintName));

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("de-DE")]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    public void The_same_text_under_every_culture(string culture)
    {
        const string source = """
            [ResNet(Depth = 152, Block = Bottleneck, Shortcut = B)] public partial class ResNet152;
            [CifarResNet(Depth = 110, Classes = 100)] public partial class Inception;
            [CifarPlainNet(Depth = -21)] public partial class Wrong;
            """;
        GeneratorRun expected = GeneratorHost.Run(source);
        CultureInfo before = CultureInfo.CurrentCulture, beforeUi = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new CultureInfo(culture);
            GeneratorRun run = GeneratorHost.Run(source);
            Assert.Equal(expected.Sources, run.Sources);
            Assert.Equal(expected.Diagnostics.Select(GeneratorRun.Message), run.Diagnostics.Select(GeneratorRun.Message));
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (before, beforeUi);
        }
    }

    [Fact]
    public void Generated_text_has_unix_line_ends_and_no_trailing_space()
    {
        foreach (string attribute in (string[])["ResNet(Depth = 50)", "CifarResNet(Depth = 20)", "ResNet(Depth = 51)"])
        {
            string text = GeneratorHost.Run($"namespace A; public partial class B {{ [{attribute}] public partial class Net; }}").Source;
            Assert.DoesNotContain('\r', text);
            Assert.DoesNotContain('\t', text);
            Assert.All(text.Split('\n'), line => Assert.Equal(line.TrimEnd(), line));
            Assert.EndsWith("}\n", text, StringComparison.Ordinal);
        }
    }
}
