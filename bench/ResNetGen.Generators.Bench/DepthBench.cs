using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ResNetGen.Generators.Bench;

/// <summary>One network alone in its project.</summary>
/// <param name="Network">Its name.</param>
/// <param name="Generator">A first run of the generator, the compiler's binding included.</param>
/// <param name="AnalyzerMilliseconds">The analyzers' work.</param>
/// <param name="Lines">Lines of the generated file.</param>
/// <param name="Characters">Characters of the generated file.</param>
internal sealed record DepthRow(string Network, Measurement Generator, double AnalyzerMilliseconds, int Lines, int Characters);

/// <summary>What depth costs: a network of 1202 layers beside one of 20.</summary>
internal static class DepthBench
{
    // Sixty times as many turns as elsewhere: what is measured is as much smaller.
    private const int Turns = 60;

    /// <summary>Both networks.</summary>
    public static IEnumerable<DepthRow> Rows(int turns) => [Row(20, turns), Row(1202, turns)];

    private static DepthRow Row(int depth, int turns)
    {
        CSharpCompilation project = UserProject.OfFiles(
            [("Net.cs", Mix.Wrap($"[CifarResNet(Depth = {depth})] public partial class NAME;", $"ResNet{depth}"))]);
        Measurement cost = Measure.Medians(
            Turns * turns / 10, _ => UserProject.Fresh(project), fresh => GeneratorBench.Driver(track: false).RunGenerators(fresh));
        string text = GeneratorBench.Driver(track: false).RunGenerators(project).GetRunResult().GeneratedTrees.Single().ToString();
        return new DepthRow($"ResNet-{depth}", cost, AnalyzerBench.PerNetwork(project, networks: 1, Turns * turns / 10), text.Count(static letter => letter == '\n'), text.Length);
    }
}
