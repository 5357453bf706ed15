using ResNetGen.Distributed;

namespace ResNetGen.Samples;

/// <summary>Of several processes that train together one speaks, makes pages and deals with SLURM: rank 0.</summary>
internal static class RankZero
{
    /// <summary>Whether this process is that one; a process by itself is.</summary>
    public static bool IsThis { get; } = Decide();

    /// <summary>Where this process says how things go; errors go to standard error in any case.</summary>
    public static TextWriter Output(TextWriter output) => IsThis ? output : TextWriter.Null;

    private static bool Decide()
    {
        try
        {
            return RankEnvironment.Read() is not { Rank: > 0 };
        }
        catch (BadInputException)
        {
            // Variables that contradict each other are said when the run begins.
            return true;
        }
    }
}
