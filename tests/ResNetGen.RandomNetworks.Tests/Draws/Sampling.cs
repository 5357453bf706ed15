using FsCheck;
using FsCheck.Fluent;

namespace ResNetGen.RandomNetworks.Tests.Draws;

/// <summary>Samples of a generator that depend on nothing but the seed.</summary>
internal static class Sampling
{
    private const int Size = 100;

    public static IEnumerable<T> Of<T>(Gen<T> generator, int count, ulong seed) =>
        generator.Sample(count, Rnd(seed), Size);

    // The second half of FsCheck's state must be odd.
    private static Rnd Rnd(ulong seed) => new(seed, (seed * 2) + 1);
}
