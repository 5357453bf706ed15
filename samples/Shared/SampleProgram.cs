using System.CommandLine;
using ResNetGen.Distributed;

namespace ResNetGen.Samples;

/// <summary>A program: a command line in, an exit code out (0 done, 1 failed, 2 usage, 75 another process lost, 130 Ctrl-C, 143 SIGTERM, 138 SIGUSR1).</summary>
internal static class SampleProgram
{
    /// <summary>Parses, shows help or what is wrong, and runs; a failure is said in words.</summary>
    /// <param name="root">The command.</param>
    /// <param name="arguments">What was typed.</param>
    /// <param name="output">Where progress goes.</param>
    /// <param name="error">Where complaints go.</param>
    /// <param name="body">The program itself, for a command line without errors.</param>
    public static int Run(
        RootCommand root, IReadOnlyList<string> arguments, TextWriter output, TextWriter error, Func<ParseResult, int> body)
    {
        ParseResult parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var problem in parsed.Errors)
            {
                error.WriteLine("error: " + problem.Message);
            }

            error.WriteLine("--help shows all options.");
            return ExitCodes.Usage;
        }

        // Help and version are actions of their own; for everything else there is none.
        if (parsed.Action is not null)
        {
            return parsed.Invoke(new InvocationConfiguration { Output = output, Error = error });
        }

        try
        {
            return body(parsed);
        }
        catch (Exception e)
        {
            error.WriteLine("error: " + ErrorText.Of(e));
            return e is PeerLostException ? ExitCodes.PeerLost : ExitCodes.Failed;
        }
    }
}
