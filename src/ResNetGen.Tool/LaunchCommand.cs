using System.CommandLine;
using ResNetGen.Distributed.Launching;

namespace ResNetGen.Tool;

/// <summary><c>resnetgen launch --processes N [--] PROGRAM ARGS…</c></summary>
internal static class LaunchCommand
{
    private const string Name = "launch";

    public static Command Create(TextWriter error)
    {
        Option<int> processes = WholeNumber.Option("--processes", 1, "How many processes; each finds its number in RANK", otherwise: null);
        processes.Aliases.Add("-n");
        Option<bool> all = new("--all-output") { Description = "Show all that the ranks write; left out: rank 0's output, and of the others what they write to standard error or begin with \"error\" or \"warning\"" };
        Option<bool> oversubscribe = new("--oversubscribe") { Description = "Allow more processes than there are cores" };
        Option<int> grace = WholeNumber.Option("--grace", 0, "How long they get to save and end when asked to, before they are killed", otherwise: 60);
        grace.HelpName = "SECONDS";
        Argument<string[]> program = new("PROGRAM")
        {
            Description = "The program and its arguments: all that stands behind it is its own",
            Arity = ArgumentArity.OneOrMore,
        };
        Command command = new(Name, "Starts a program several times on this machine, as the ranks of one distributed training.")
        {
            processes, all, oversubscribe, grace, program,
        };
        command.SetAction(parsed =>
        {
            string[] words = parsed.GetValue(program)!;
            return ProcessLauncher.Run(new LaunchOptions
            {
                Processes = parsed.GetValue(processes),
                Program = words[0],
                Arguments = words[1..],
                ShowAll = parsed.GetValue(all),
                Oversubscribe = parsed.GetValue(oversubscribe),
                Grace = TimeSpan.FromSeconds(parsed.GetValue(grace)),
                Messages = error,
            });
        });
        return command;
    }

    /// <summary>Puts <c>--</c> before the program where the user left it out, so that the program's options are not taken for ours.</summary>
    public static IReadOnlyList<string> MarkProgram(IReadOnlyList<string> arguments)
    {
        if (arguments.Count == 0 || arguments[0] != Name)
        {
            return arguments;
        }

        for (int i = 1; i < arguments.Count; i++)
        {
            string word = arguments[i];
            if (word == "--")
            {
                return arguments;
            }

            if (!word.StartsWith('-'))
            {
                return [.. arguments.Take(i), "--", .. arguments.Skip(i)];
            }

            // The word behind these is their value.
            i += word is "--processes" or "-n" or "--grace" ? 1 : 0;
        }

        return arguments;
    }
}
