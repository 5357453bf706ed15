using System.CommandLine;

namespace ResNetGen.Tool;

/// <summary>The command line: arguments in, an exit code out (0 done, 1 failed, 2 usage; what is launched has its own).</summary>
internal static class Cli
{
    private const int Failed = 1, Usage = 2;

    public static int Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        RootCommand root = new("ResNetGen's training runs: several processes for one, what more machines would bring, and reports.")
        {
            ReportCommand.Create(output, error), LaunchCommand.Create(error), ScalingCommand.Create(output),
        };
        ParseResult parsed = root.Parse(LaunchCommand.MarkProgram(arguments));
        if (parsed.Errors.Count > 0)
        {
            foreach (var problem in parsed.Errors)
            {
                error.WriteLine("error: " + problem.Message);
            }

            error.WriteLine("--help shows what can be asked for.");
            return Usage;
        }

        try
        {
            // Signals are the launcher's.
            return parsed.Invoke(new InvocationConfiguration
            {
                Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null,
            });
        }
        catch (Exception e) when (e is BadInputException or IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            error.WriteLine("error: " + e.Message);
            return Failed;
        }
    }
}
