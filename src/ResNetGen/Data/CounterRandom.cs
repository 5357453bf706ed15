namespace ResNetGen.Data;

/// <summary>
/// Random numbers without state: Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011).
/// A number is a pure function of (seed, stream, a, b), so a run that is resumed anywhere, on any number of threads,
/// draws exactly what the uninterrupted run would have drawn.
/// </summary>
internal static class CounterRandom
{
    /// <summary>What a number is used for; two uses never share a counter.</summary>
    public enum Stream : uint
    {
        Step = 64,
        Shuffle = 1,
        Augment = 2,
        ProceduralPicture = 3,
        ProceduralOrder = 4,
        AugmentGeometry = 5,
        AugmentJitter = 6,
        AugmentPca = 7,
        RandAugment = 8,
        Mixing = 32,
    }

    /// <summary>Four 32-bit words for one counter.</summary>
    public readonly record struct Words(uint W0, uint W1, uint W2, uint W3)
    {
        public ulong Low => W0 | ((ulong)W1 << 32);

        public ulong High => W2 | ((ulong)W3 << 32);
    }

    public static Words Draw(long seed, Stream stream, uint a, ulong b) =>
        Philox((uint)b, (uint)(b >> 32), a, (uint)stream, (uint)seed, (uint)((ulong)seed >> 32));

    /// <summary>A number in 0 … bound − 1 by multiplication: with 64 random bits the bias is below 2^-32 for any int.</summary>
    public static int Below(ulong bits, int bound) => (int)Math.BigMul(bits, (ulong)bound, out _);

    public static Words Philox(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1)
    {
        for (int round = 0; round < 10; round++)
        {
            ulong p0 = 0xD2511F53UL * c0;
            ulong p1 = 0xCD9E8D57UL * c2;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
            k0 += 0x9E3779B9;
            k1 += 0xBB67AE85;
        }
        return new Words(c0, c1, c2, c3);
    }
}
