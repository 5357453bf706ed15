using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using ResNetGen.Generators.Tests.Infrastructure;

namespace ResNetGen.Generators.Tests.Incremental;

/// <summary>Whatever the attribute says, the generator answers with code that compiles, and every message is ours.</summary>
public class HostileInputTests
{
    private static readonly string[] Numbers = ["0", "1", "-1", "2", "7", "20", "34", "50", "64", "110", "164", "224", "4096", "4097", "int.MaxValue", "int.MinValue"];
    private static readonly string[] Stages = ["null", "[]", "[1]", "[0]", "[2, 2, 2, 2]", "[3, 4, 36, 3]", "[-1, int.MaxValue]", "[1000, 1000]", "[1, 1, 1, 1, 1, 1, 1, 1]", "[1, 1, 1, 1, 1, 1, 1, 1, 1]"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Forty_attributes_drawn_from_a_seed(int seed)
    {
        Random random = new(seed);
        StringBuilder source = new();
        for (int i = 0; i < 40; i++)
            source.Append(CultureInfo.InvariantCulture, $"[{Attribute(random)}] public partial class Net{i};\n");

        GeneratorRun run = GeneratorHost.Run(source.ToString());

        Assert.Equal(40, run.Sources.Count);
        Assert.All(run.Diagnostics, each => Assert.StartsWith("RNG", each.Id, StringComparison.Ordinal));
        int wrong = run.Sources.Count(each => each.Text.Contains("was not generated", StringComparison.Ordinal));
        Assert.Equal(wrong, run.Diagnostics.Where(each => each.Severity == DiagnosticSeverity.Error).Select(each => each.Location.GetLineSpan().StartLinePosition.Line).Distinct().Count());
        Assert.InRange(wrong, 8, 38);
    }

    private static string Attribute(Random random)
    {
        string family = Draw("ResNet", "CifarResNet", "PlainNet", "CifarPlainNet", "Vgg");
        bool staged = family is "ResNet" or "PlainNet", residual = family is "ResNet" or "CifarResNet";
        List<string> arguments = [];
        Maybe(0.8, "Depth", staged ? Draw("18", "34", "50", "101", "152", "200", Number())
            : family == "Vgg" ? Draw("11", "13", "16", "19", Number()) : Draw("20", "56", "164", Number()));
        if (family != "Vgg")
            Maybe(0.3, "Block", Draw("Auto", "Basic", "Bottleneck", "SingleLayer", "(Block)9"));
        Maybe(0.1, "Height", Number());
        Maybe(0.1, "Width", Number());
        Maybe(0.1, "Channels", Number());
        Maybe(0.1, "Classes", Number());
        if (family != "Vgg")
            Maybe(0.2, "Shortcut", Draw("A", "B", "C", "(Shortcut)(-1)"));
        if (residual)
        {
            Maybe(0.2, "Unit", Draw("Unit.Original", "Unit.BatchNormAfterAddition", "Unit.ReLUBeforeAddition", "Unit.ReLUOnlyPreActivation", "Unit.FullPreActivation", "(Unit)5"));
            Maybe(0.2, "Skip", Draw("Skip.ConstantScale", "Skip.ExclusiveGate", "Skip.ShortcutOnlyGate", "Skip.Conv1x1", "Skip.Dropout", "(Skip)99"));
            Maybe(0.1, "SkipScale", Draw("0", "0.5", "double.NaN", "-1e300"));
            Maybe(0.1, "GateBias", Draw("-6", "double.PositiveInfinity"));
            Maybe(0.2, "ZeroInitResidual", Draw("true", "false"));
        }
        if (staged)
        {
            Maybe(0.1, "Widths", Draw(Stages));
            Maybe(0.2, "OutputStride", Draw("8", "16", "32", Number()));
            Maybe(0.2, "Stages", Draw(Stages));
            Maybe(0.1, "Groups", Number());
            Maybe(0.1, "WidthPerGroup", Number());
            Maybe(0.1, "StemWidth", Number());
            Maybe(0.1, "Stem", Draw("Stem.ImageNet", "Stem.Cifar", "Stem.Deep", "(Stem)99"));
            Maybe(0.1, "Stride", Draw("StridePlacement.First1x1", "StridePlacement.Conv3x3", "(StridePlacement)int.MaxValue"));
        }
        string modifiers = (random.NextDouble() < 0.1 ? $", SqueezeExcitation({Number()})" : "")
            + (random.NextDouble() < 0.1 ? $", DropPath({Draw("0", "0.5", "1", "double.NaN")})" : "");
        return $"{family}({string.Join(", ", arguments)}){modifiers}";

        string Draw(params string[] from) => from[random.Next(from.Length)];
        string Number() => Draw(Numbers);
        void Maybe(double chance, string name, string value)
        {
            if (random.NextDouble() < chance)
                arguments.Add($"{name} = {value}");
        }
    }
}
