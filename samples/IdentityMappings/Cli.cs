namespace ResNetGen.Samples.IdentityMappings;

/// <summary>The program.</summary>
internal static class Cli
{
    public static int Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        ComparisonCommandLine line = new(
            "He et al. 2016, tables 1 and 2: what stands on the shortcut, and where BatchNorm and ReLU stand in the unit.",
            Path.Combine("runs", "identity-mappings"));
        return SampleProgram.Run(line.Root, arguments, output, error, parsed =>
        {
            ComparisonArguments wanted = line.Read(parsed);
            return Comparison.Run(IdentityPlan.Of(wanted, output), wanted, arguments, output);
        });
    }
}
