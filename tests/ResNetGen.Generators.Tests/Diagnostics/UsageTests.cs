using Microsoft.CodeAnalysis.CSharp;
using ResNetGen.Generators.Tests.Infrastructure;

namespace ResNetGen.Generators.Tests.Diagnostics;

/// <summary>RNG00xx: how the class is declared. In each of these cases nothing can be emitted, and nothing is.</summary>
public class UsageTests
{
    [Fact]
    public void Not_partial() => NothingEmitted(Expect.Messages(
        "[ResNet(Depth = 18)] public class [|Net|];",
        ("RNG0001", "'Net' must be partial, because its layers are generated into a second part of it: expected 'public partial class Net', found 'public class Net'; add 'partial'")));

    [Fact]
    public void Containing_types_not_partial() => NothingEmitted(Expect.Messages(
        """
        public static class [|Models|]
        {
            public partial struct Inner
            {
                public sealed record [|Innermost|]<T>
                {
                    [ResNet(Depth = 18)] public sealed partial class Net;
                }
            }
        }
        """,
        ("RNG0002", "'Models' must be partial, because the network 'Net' inside it is generated into a second part of it: expected 'public static partial class Models', found 'public static class Models'; add 'partial'"),
        ("RNG0002", "'Innermost' must be partial, because the network 'Net' inside it is generated into a second part of it: expected 'public sealed partial record Innermost<T>', found 'public sealed record Innermost<T>'; add 'partial'")));

    [Fact]
    public void One_containing_type_is_one_mistake_however_many_networks_it_contains() => Expect.Messages(
        """
        public class [|Models|]
        {
            [ResNet(Depth = 18)] public partial class First;
            [ResNet(Depth = 34)] public partial class Second;
        }
        """,
        ("RNG0002", "'Models' must be partial, because the network 'First' inside it is generated into a second part of it: expected 'public partial class Models', found 'public class Models'; add 'partial'"));

    [Theory]
    [InlineData("public [|static|] partial class Net", "a static class")]
    [InlineData("public [|abstract|] partial class Net", "an abstract class")]
    [InlineData("public partial class Net[|<T>|]", "a generic class")]
    [InlineData("public [|record|] Net", "a record")]
    [InlineData("public partial [|record|] class Net", "a record")]
    [InlineData("public partial [|record|] struct Net", "a record struct")]
    [InlineData("public partial [|struct|] Net", "a struct")]
    [InlineData("public partial [|interface|] Net", "an interface")]
    public void Wrong_kind_of_type(string declaration, string kind) => NothingEmitted(Expect.Messages(
        $"[CifarResNet(Depth = 20)] {declaration};",
        ("RNG0003", $"'Net' must be a non-static, non-abstract, non-generic class that is no record: found {kind}; write 'partial class Net'")));

    [Fact]
    public void The_wrong_kind_in_another_part() => Expect.Messages(
        """
        [CifarResNet(Depth = 20)] public partial class Net;
        public [|abstract|] partial class Net;
        """,
        ("RNG0003", "'Net' must be a non-static, non-abstract, non-generic class that is no record: found an abstract class; write 'partial class Net'"));

    [Fact]
    public void A_base_class_of_its_own() => NothingEmitted(Expect.Messages(
        """
        public class Mine;
        [ResNet(Depth = 18)] public partial class Net : [|Mine|], IComparable { public int CompareTo(object? other) => 0; }
        """,
        ("RNG0004", "'Net' gets its base class from the generator: expected none or 'torch.nn.Module<Tensor, Tensor>', found 'Mine'; leave the base class out")));

    [Fact]
    public void A_base_class_in_another_part() => Expect.Messages(
        """
        namespace Bases { public class Mine<T>; }
        namespace Nets { [ResNet(Depth = 18)] public partial class Net; public partial class Net : [|Bases.Mine<int>|]; }
        """,
        ("RNG0004", "'Net' gets its base class from the generator: expected none or 'torch.nn.Module<Tensor, Tensor>', found 'Mine<int>'; leave the base class out"));

    [Fact]
    public void The_modules_own_base_class_is_no_mistake() => GeneratorHost.Run("""
        using static TorchSharp.torch;
        [ResNet(Depth = 18)] public partial class Net : nn.Module<Tensor, Tensor>;
        """).Clean();

    [Fact]
    public void A_base_class_that_does_not_exist_is_the_compilers_affair()
    {
        GeneratorRun run = GeneratorHost.Run("[ResNet(Depth = 18)] public partial class Net : Missing;");
        Assert.Equal("CS0246", Assert.Single(run.Diagnostics).Id);
        NothingEmitted(run);
    }

    [Fact]
    public void File_local() => NothingEmitted(Expect.Messages(
        "[ResNet(Depth = 18)] file partial class [|Net|];",
        ("RNG0005", "'Net' must be visible outside its file, because its layers are generated into another one: found 'Net' with the modifier 'file'; remove 'file'")));

    [Fact]
    public void Two_families() => Expect.Messages(
        """
        [[|CifarResNet(Depth = 20)|]]
        [ResNet(Depth = 18)]
        public partial class Net;
        """,
        ("RNG0006", "'Net' already is a [ResNet] network: expected one family attribute, found [CifarResNet] as well; remove one of the two"));

    [Fact]
    public void Three_families_in_two_files()
    {
        GeneratorRun run = GeneratorHost.Run([
            ("One.cs", "[PlainNet(Depth = 18)] public partial class Net;"),
            ("Two.cs", "[CifarPlainNet(Depth = 20), CifarResNet(Depth = 20)] public partial class Net;"),
        ]);
        Assert.Equal(
            [("RNG0006", "One.cs"), ("RNG0006", "Two.cs")],
            run.Diagnostics.Select(each => (each.Id, each.Location.SourceTree!.FilePath)));
        Assert.Single(run.Sources);
    }

    [Fact]
    public void The_same_attribute_twice_is_the_compilers_affair()
    {
        GeneratorRun run = GeneratorHost.Run("[ResNet(Depth = 18)] public partial class Net; [ResNet(Depth = 34)] public partial class Net;");
        Assert.Equal("CS0579", Assert.Single(run.Diagnostics).Id);
        Assert.Single(run.Sources);
    }

    [Theory]
    [InlineData("Depth = \"deep\"", "CS0029")]
    [InlineData("Dept = 18", "CS0246")]
    [InlineData("18", "CS1729")]
    [InlineData("Depth = 18, Stages = [3, \"4\"]", "CS0029")]
    public void An_argument_the_compiler_refuses_brings_no_second_message(string arguments, string id)
    {
        GeneratorRun run = GeneratorHost.Run($"[ResNet({arguments})] public partial class Net;");
        Assert.Equal(id, Assert.Single(run.Diagnostics).Id);
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp8, "8.0")]
    [InlineData(LanguageVersion.CSharp11, "11.0")]
    public void A_language_version_that_is_too_old(LanguageVersion version, string name) => NothingEmitted(Expect.Messages(
        "using ResNetGen; [ResNet(Depth = 18)] public partial class [|Net|] { }",
        new HostOptions { Language = version, Usings = false },
        ("RNG0011", $"'Net' needs C# 12.0 or later for its generated code, found C# {name}; write <LangVersion>12.0</LangVersion> in the project file, or leave LangVersion out")));

    [Fact]
    public void The_oldest_language_version() => GeneratorHost
        .Run("[ResNet(Depth = 18)] public partial class Net;", new HostOptions { Language = LanguageVersion.CSharp12 })
        .Clean();

    [Fact]
    public void Two_mistakes_are_two_messages() => Expect.Messages(
        "[ResNet(Depth = [|51|])] public class [|Net|];",
        ("RNG0101", "'Net': expected a depth of 18, 34, 50, 101, 152 or 200 for [ResNet], found 51; write Depth = 50, the nearest, or give Stages and Block"),
        ("RNG0001", "'Net' must be partial, because its layers are generated into a second part of it: expected 'public partial class Net', found 'public class Net'; add 'partial'"));

    private static void NothingEmitted(GeneratorRun run) => Assert.Empty(run.Sources);

    [Fact]
    public void Attributes_of_a_network_on_a_class_that_is_none()
    {
        Expect.Messages(
            "[[|Budget(MaxParameters = 1)|], [|Pretrained(\"resnet18\")|]] public class Nothing;",
            ("RNG0016", "'Nothing' is no network: expected a family's attribute, such as [ResNet], beside [Budget], found none; write one, or leave [Budget] out"),
            ("RNG0016", "'Nothing' is no network: expected a family's attribute, such as [ResNet], beside [Pretrained], found none; write one, or leave [Pretrained] out"));
        ExpectFix.Offered("[Budget] public class Nothing;", ("Remove [Budget]", "public class Nothing;"));
    }
}
