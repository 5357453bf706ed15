namespace ResNetGen.Samples.IdentityMappings;

/// <summary>The program.</summary>
internal static class Cli
{
    public static int Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter error) => ComparisonProgram.Run(
        "He et al. 2016, tables 1 and 2: what stands on the shortcut, and where BatchNorm and ReLU stand in the unit.",
        "identity-mappings", IdentityPlan.Of, arguments, output, error);
}
