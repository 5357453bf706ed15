using ResNetGen.Data;
using static TorchSharp.torch;

namespace ResNetGen.Training;

/// <summary>
/// torch's generators of a run, on every device. Each step begins by seeding all of them with a number that is a function of the
/// run's seed and the iteration alone: what dropout, drop path and a gate draw in it is the same after any interruption, whatever an
/// observer drew in between, and whatever a device's generator had come to, which TorchSharp cannot ask on CUDA.
/// </summary>
internal static class RunGenerators
{
    /// <summary>To be called before each step.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="iteration">Steps done.</param>
    /// <param name="rank">Which one of several processes this is: each draws numbers of its own for its own pictures.</param>
    public static void Begin(long seed, long iteration, int rank = 0) =>
        _ = manual_seed((long)(CounterRandom.Draw(seed, CounterRandom.Stream.Step, (uint)rank, (ulong)iteration).Low >> 1));
}
