namespace ResNetGen.Samples;

/// <summary>The program behind <c>./build.sh train</c>.</summary>
internal static class Cli
{
    public static int Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        output = RankZero.Output(output);
        CommandLine line = new();
        return SampleProgram.Run(line.Root, arguments, output, error, parsed =>
        {
            if (line.WantsList(parsed))
            {
                NetworkList.Write(NetworkEntries.All, output);
                return ExitCodes.Done;
            }

            return TrainCommand.Run(line.Request(parsed, output), arguments, output);
        });
    }
}
