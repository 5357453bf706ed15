using System.Globalization;
using ResNetGen.Generators.Tests.Infrastructure;

namespace ResNetGen.Generators.Tests.Emission;

/// <summary>What every generated file must be, whatever the network.</summary>
public class EmissionTests
{
    /// <summary>Every family with every option that changes what is printed.</summary>
    public static TheoryData<string> Networks()
    {
        List<string> all = [];
        foreach (string depth in new[] { "Depth = 18", "Depth = 34", "Depth = 50", "Depth = 101", "Depth = 152", "Depth = 200" })
            all.AddRange([$"ResNet({depth})", $"ResNet({depth}, Shortcut = A)", $"ResNet({depth}, Shortcut = C)", $"PlainNet({depth})"]);

        all.AddRange(
        [
            "ResNet(Depth = 50, Stride = StridePlacement.Conv3x3)",
            "ResNet(Depth = 50, Stride = StridePlacement.Conv3x3, Groups = 32, WidthPerGroup = 4)",
            "ResNet(Depth = 50, Stride = StridePlacement.Conv3x3, WidthPerGroup = 128)",
            "ResNet(Depth = 50, Shortcut = A, ZeroPadding = ZeroPadding.Both)",
            "ResNet(Depth = 18, Stem = Stem.Cifar, Height = 32, Width = 32, Classes = 10)",
            "ResNet(Depth = 34, StemWidth = 32, Channels = 1)",
            "ResNet(Stages = [1], Block = Basic)",
            "ResNet(Stages = [2, 3], Block = Bottleneck, Shortcut = A)",
            "ResNet(Depth = 152, Stages = [3, 8, 36, 3], Block = Bottleneck, Shortcut = B)",
            "PlainNet(Stages = [1, 1, 1], Block = Bottleneck, Groups = 2)",
            "CifarResNet(Depth = 20)",
            "CifarResNet(Depth = 20, Shortcut = B)",
            "CifarResNet(Depth = 56, Shortcut = C, Classes = 100)",
            "CifarResNet(Depth = 164, Block = Bottleneck)",
            "CifarResNet(Depth = 29, Block = Bottleneck, Shortcut = B)",
            "CifarPlainNet(Depth = 56)",
            "CifarPlainNet(Depth = 29, Block = Bottleneck)",
        ]);
        return new TheoryData<string>(all);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Every_network_compiles_without_a_word(string attribute) =>
        GeneratorHost.Run($"namespace Sample; [{attribute}] public sealed partial class Net;", new HostOptions { Papers = false }).Clean();

    [Theory]
    [InlineData("[ResNet(Depth = 18)] partial class Net;")]
    [InlineData("namespace @namespace; [CifarResNet(Depth = 20)] internal partial class @event;")]
    [InlineData("namespace Sample; public partial class Outer<T> { protected partial record Middle { [CifarResNet(Depth = 20)] private protected partial class Net; } }")]
    [InlineData("namespace TorchSharp.Extra; [ResNet(Depth = 50, Shortcut = A)] partial class Net;")]
    [InlineData("namespace ResNetGen.Samples; [ResNet(Depth = 50, Shortcut = A)] partial class Net;")]
    [InlineData("namespace ResNetGen.Architecture.Own; [ResNet(Depth = 50, Shortcut = A)] partial class Net;")]
    public void It_compiles_wherever_the_class_may_stand(string source) => GeneratorHost.Run(source).Clean();

    // Whatever the user calls his own things, the generated file means TorchSharp's and ResNetGen's.
    [Theory]
    [InlineData("namespace Sample { class torch; class Tensor; class Conv2d; class BatchNorm2d; class Linear; class ModuleList<T>; class Block; class INetwork<T>;")]
    [InlineData("namespace Sample { enum Shortcut { A } class ZeroPadShortcut; class Flatten; class MaxPool2d; class Sequential; class AdaptiveAvgPool2d; class ZeroPadding;")]
    [InlineData("namespace Sample { class ArgumentException; class NetworkArchitecture; class ResNetSpec; class CifarResNetSpec; class BasicBlock; class Stem; class StridePlacement;")]
    [InlineData("namespace Sample { namespace torch { } namespace System { } namespace TorchSharp { } namespace ResNetGen { }")]
    public void Names_of_the_user_are_never_meant(string open)
    {
        string source = $$"""
            #pragma warning disable CS8981 // a type in lower case
            {{open}}
                [global::ResNetGen.ResNet(Depth = 18, Shortcut = global::ResNetGen.Shortcut.A, ZeroPadding = global::ResNetGen.ZeroPadding.Both, Stem = global::ResNetGen.Stem.Cifar)]
                public partial class First;
                [global::ResNetGen.CifarResNet(Depth = 29, Block = global::ResNetGen.Block.Bottleneck, Shortcut = global::ResNetGen.Shortcut.B)]
                public partial class Second;
            }
            """;
        GeneratorHost.Run(source, new HostOptions { Usings = false }).Clean();
    }

    // What a project imports everywhere is imported into the generated file as well.
    [Fact]
    public void Names_that_the_project_imports_are_never_meant() => GeneratorHost.Run(
        [
            ("Other.cs", "namespace Other { public class Linear; public class Conv2d; public class ArgumentException; public class INetwork<T>; }"),
            ("Global.cs", "global using Other; global using BatchNorm2d = Other.Linear; global using static Other2.Names;"),
            ("Other2.cs", "namespace Other2 { public static class Names { public class Flatten; public class ModuleList<T>; } }"),
            ("Test.cs", "namespace Sample; [CifarResNet(Depth = 20, Shortcut = Shortcut.B)] public partial class Net;"),
        ], new HostOptions { Papers = false }).Clean();

    [Theory]
    [InlineData("class BasicBlock;")]
    [InlineData("void BasicBlock() { } int BottleneckBlock => 1;")]
    [InlineData("class Conv2d; class torch; int Linear() => 1;")]
    public void Members_of_the_user_are_never_met(string member) =>
        GeneratorHost.Run($$"""
            #pragma warning disable CS8981 // a type in lower case
            namespace Sample;
            [CifarResNet(Depth = 29, Block = Bottleneck, Shortcut = A)] public partial class Deep { {{member}} }
            [CifarResNet(Depth = 20)] public partial class Net { {{member}} }
            """).Clean();

    [Fact]
    public void The_file_does_not_grow_with_the_depth()
    {
        string shallow = Printed("CifarResNet(Depth = 20)"), deep = Printed("CifarResNet(Depth = 1202)");
        Assert.Equal(shallow.Split('\n').Length, deep.Split('\n').Length);
        Assert.InRange(deep.Length - shallow.Length, 0, 100);
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("de-DE")]
    [InlineData("ar-SA")]
    public void The_file_is_the_same_under_every_culture(string culture)
    {
        const string Attribute = "ResNet(Depth = 152, Groups = 32, WidthPerGroup = 4, Shortcut = A)";
        string expected = Printed(Attribute);
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Assert.Equal(expected, Printed(Attribute));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Lines_end_as_on_every_machine_and_nowhere_in_blanks()
    {
        string text = Printed("ResNet(Depth = 50)");
        Assert.DoesNotContain('\r', text);
        Assert.DoesNotContain(" \n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\n\n\n", text, StringComparison.Ordinal);
        Assert.EndsWith("}\n", text, StringComparison.Ordinal);
    }

    private static string Printed(string attribute) =>
        GeneratorHost.Run($"namespace Sample; [{attribute}] public sealed partial class Net;").Clean().Source;
}
