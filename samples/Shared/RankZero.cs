using ResNetGen.Distributed;

namespace ResNetGen.Samples;

/// <summary>Of several processes that train together one speaks, makes pages and deals with SLURM: rank 0.</summary>
internal static class RankZero
{
    private static readonly RankEnvironment? Environment = Read();

    /// <summary>Whether this process is that one; a process by itself is.</summary>
    public static bool IsThis => Environment is not { Rank: > 0 };

    /// <summary>Whether there are no others.</summary>
    public static bool IsAlone => Environment is null or { WorldSize: 1 };

    /// <summary>Whether all processes were started again after one was lost, by the same command.</summary>
    public static bool WasRestarted => Environment is { Restarts: > 0 };

    /// <summary>Where this process says how things go; errors go to standard error in any case.</summary>
    public static TextWriter Output(TextWriter output) => IsThis ? output : TextWriter.Null;

    private static RankEnvironment? Read()
    {
        try
        {
            return RankEnvironment.Read();
        }
        catch (BadInputException)
        {
            // Variables that contradict each other are said when the run begins.
            return null;
        }
    }
}
