namespace ResNetGen.Samples.Degradation;

/// <summary>The program.</summary>
internal static class Cli
{
    public static int Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        ComparisonCommandLine line = new(
            "He et al. 2015, figures 1 and 6: a plain network of 56 layers has a higher training error than one of 20 layers; with shortcuts it is the other way round.",
            Path.Combine("runs", "degradation"));
        return SampleProgram.Run(line.Root, arguments, output, error, parsed =>
        {
            ComparisonArguments wanted = line.Read(parsed);
            return Comparison.Run(DegradationPlan.Of(wanted, output), wanted, arguments, output);
        });
    }
}
