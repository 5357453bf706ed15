namespace ResNetGen.Samples;

/// <summary>A program that trains several networks and compares them: a command line in, an exit code out.</summary>
internal static class ComparisonProgram
{
    /// <summary>Parses, trains and shows.</summary>
    /// <param name="description">What the program shows.</param>
    /// <param name="folder">Name of the output folder below <c>runs</c>, where none is given.</param>
    /// <param name="plan">The comparison that a command line asks for.</param>
    /// <param name="arguments">What was typed.</param>
    /// <param name="output">Where progress goes.</param>
    /// <param name="error">Where complaints go.</param>
    /// <returns>The exit code.</returns>
    public static int Run(
        string description,
        string folder,
        Func<ComparisonArguments, TextWriter, ComparisonPlan> plan,
        IReadOnlyList<string> arguments,
        TextWriter output,
        TextWriter error)
    {
        output = RankZero.Output(output);
        ComparisonCommandLine line = new(description, Path.Combine("runs", folder));
        return SampleProgram.Run(line.Root, arguments, output, error, parsed =>
        {
            ComparisonArguments wanted = line.Read(parsed);
            return Comparison.Run(plan(wanted, output), wanted, arguments, output);
        });
    }
}
