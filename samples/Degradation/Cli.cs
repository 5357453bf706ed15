namespace ResNetGen.Samples.Degradation;

/// <summary>The program.</summary>
internal static class Cli
{
    public static int Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter error) => ComparisonProgram.Run(
        "He et al. 2015, figures 1 and 6: a plain network of 56 layers has a higher training error than one of 20 layers; with shortcuts it is the other way round.",
        "degradation", DegradationPlan.Of, arguments, output, error);
}
