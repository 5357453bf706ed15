using System.CommandLine;

namespace ResNetGen.Samples;

/// <summary>In how many processes of this machine a run is made.</summary>
/// <param name="Count">How many; 1 is this process itself.</param>
/// <param name="Oversubscribe">More than there are cores, too.</param>
/// <param name="SynchronizedBatchNorm">Whether BatchNorm's statistics are those of all processes together.</param>
/// <param name="Timeout">How long one waits for the others, or null for the usual time.</param>
internal sealed record ProcessRequest(int Count, bool Oversubscribe, bool SynchronizedBatchNorm, TimeSpan? Timeout);

/// <summary>The options of a program that can train in several processes.</summary>
internal sealed class ProcessOptions
{
    private const string Processes = "--processes", More = "--oversubscribe";

    private readonly Option<int?> _processes = Options.Number(Processes, 1, 4096,
        "Train in N processes of this machine, each with its share of the batch (1). Several machines: docs/distributed.md");

    private readonly Option<bool> _oversubscribe = new(More) { Description = "With --processes, allow more of them than there are cores" };

    private readonly Option<bool> _synchronized = new("--sync-batch-norm")
    {
        Description = "Of several processes, take BatchNorm's statistics over all of them: for shares of a few pictures",
    };

    private readonly Option<int?> _timeout = Options.Number("--peer-timeout", 1, 86_400,
        "Seconds after which a process that does not answer is taken for lost (300); one that died is noticed within seconds");

    /// <summary>Adds them to a command.</summary>
    public void AddTo(RootCommand root)
    {
        root.Add(_processes);
        root.Add(_oversubscribe);
        root.Add(_synchronized);
        root.Add(_timeout);
    }

    /// <summary>What a command line without errors asks for.</summary>
    public ProcessRequest Read(ParseResult parsed) => new(
        parsed.GetValue(_processes) ?? 1,
        parsed.GetValue(_oversubscribe),
        parsed.GetValue(_synchronized),
        parsed.GetValue(_timeout) is int seconds ? TimeSpan.FromSeconds(seconds) : null);

    /// <summary>A command line without those that are the launcher's, for the processes themselves.</summary>
    public static IEnumerable<string> Without(IReadOnlyList<string> arguments)
    {
        for (int i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] == Processes)
            {
                i++;
            }
            else if (arguments[i] != More && !arguments[i].StartsWith(Processes + "=", StringComparison.Ordinal) && !arguments[i].StartsWith(Processes + ":", StringComparison.Ordinal))
            {
                yield return arguments[i];
            }
        }
    }

    /// <summary>The options as they are typed.</summary>
    public static string Typed(ProcessRequest wanted) => FormattableString.Invariant($"{Processes} {wanted.Count}") + (wanted.Oversubscribe ? " " + More : "");
}
