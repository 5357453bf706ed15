using ResNetGen.Data;

namespace ResNetGen.Training;

/// <summary>Any number of random numbers for one iteration, without a state that would have to be saved.</summary>
internal sealed class CounterSequence(long seed, CounterRandom.Stream stream, ulong iteration)
{
    private uint _drawn;

    /// <summary>A number in (0, 1): 53 random bits, and never an end.</summary>
    public double Uniform() => ((Bits() >> 11) + 0.5) * (1.0 / (1UL << 53));

    /// <summary>A whole number from 0 to below <paramref name="bound"/>.</summary>
    public int Below(int bound) => CounterRandom.Below(Bits(), bound);

    private ulong Bits() => CounterRandom.Draw(seed, stream, _drawn++, iteration).Low;
}
