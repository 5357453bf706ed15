extern alias generators;

using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using generators::ResNetGen.Generators.Diagnostics;

namespace ResNetGen.Generators.Bench;

/// <summary>The analyzers' work for one network.</summary>
/// <param name="Family">The family, or "all in turn".</param>
/// <param name="Milliseconds">By the compiler's own clock, one network, all our analyzers together.</param>
internal sealed record AnalyzerRow(string Family, double Milliseconds);

/// <summary>Measures the analyzers by what the compiler says they took: binding, which is done once for everybody, is not theirs.</summary>
internal static class AnalyzerBench
{
    private const int Networks = 100;

    /// <summary>The families one by one, then all in turn.</summary>
    public static IEnumerable<AnalyzerRow> Rows(int turns)
    {
        foreach (string family in Mix.Families)
            yield return new AnalyzerRow(family, PerNetwork(UserProject.Of(Networks, family), Networks, turns));
        yield return new AnalyzerRow("all in turn", PerNetwork(UserProject.Of(Networks), Networks, turns));
    }

    /// <summary>Milliseconds of all our analyzers for one network of a project.</summary>
    public static double PerNetwork(CSharpCompilation project, int networks, int turns)
    {
        List<double> times = [];
        for (int turn = 0; turn <= turns; turn++)
        {
            ImmutableArray<DiagnosticAnalyzer> analyzers = [new NetworkAnalyzer(), new DatasetAnalyzer()];
            CompilationWithAnalyzers analysis = UserProject.Fresh(project).WithAnalyzers(analyzers, new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([]), onAnalyzerException: static (exception, _, _) => throw exception,
                concurrentAnalysis: false, logAnalyzerExecutionTime: true));
            AnalysisResult result = analysis.GetAnalysisResultAsync(CancellationToken.None).GetAwaiter().GetResult();
            if (turn > 0)
                times.Add(result.AnalyzerTelemetryInfo.Values.Sum(static telemetry => telemetry.ExecutionTime.TotalMilliseconds) / networks);
        }
        return Measure.Median(times);
    }
}
