namespace ResNetGen.Data;

/// <summary>A quick sequence of random numbers for one picture: SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).</summary>
internal struct SequenceRandom(ulong state)
{
    private ulong state = state;

    public ulong Bits()
    {
        state += 0x9E3779B97F4A7C15;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>24 random bits as a number in [low, high): every step of it is exact or rounded alike everywhere.</summary>
    public float Uniform(float low, float high) => low + (high - low) * ((Bits() >> 40) * (1f / (1 << 24)));

    /// <summary>53 random bits as a number in [low, high).</summary>
    public double UniformDouble(double low, double high) => low + (high - low) * ((Bits() >> 11) * (1.0 / (1L << 53)));

    /// <summary>A number of the standard normal distribution (Box and Muller 1958; the sine's twin is not used).</summary>
    public double Normal()
    {
        // 1 − u is never zero.
        double radius = Math.Sqrt(-2 * Math.Log(1 - UniformDouble(0, 1)));
        return radius * Math.Cos(2 * Math.PI * UniformDouble(0, 1));
    }

    public int Below(int bound) => CounterRandom.Below(Bits(), bound);

    public bool Chance(float probability) => Uniform(0, 1) < probability;

    public Colour Colour(float low = 0, float high = 255) => new(Uniform(low, high), Uniform(low, high), Uniform(low, high));
}

/// <summary>Red, green and blue on the scale 0 … 255.</summary>
internal readonly record struct Colour(float Red, float Green, float Blue)
{
    public float Distance(Colour other) => MathF.Abs(Red - other.Red) + MathF.Abs(Green - other.Green) + MathF.Abs(Blue - other.Blue);

    public static Colour Mix(Colour a, Colour b, float part) =>
        new(a.Red + (b.Red - a.Red) * part, a.Green + (b.Green - a.Green) * part, a.Blue + (b.Blue - a.Blue) * part);
}
