namespace ResNetGen.Samples;

/// <summary>The program behind <c>./build.sh train</c>.</summary>
internal static class Cli
{
    public static int Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        CommandLine line = new();
        return SampleProgram.Run(line.Root, arguments, output, error, parsed =>
        {
            TrainArguments wanted = line.Read(parsed);
            if (wanted.List)
            {
                NetworkList.Write(NetworkEntries.All, output);
                return ExitCodes.Done;
            }

            return TrainCommand.Run(wanted.Request(output), arguments, output);
        });
    }
}
