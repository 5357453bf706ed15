namespace ResNetGen.Data;

/// <summary>
/// The weights that resize one axis, computed as Pillow computes them (Resample.c, 8 bits a channel): a triangle as wide as
/// two output pixels, cut off at the edge, its weights in fixed point. Its memory is used again.
/// </summary>
internal sealed class AxisFilter
{
    /// <summary>Fraction bits of a weight: 8 bits of the value and 2 of head room are left.</summary>
    public const int FractionBits = 32 - 8 - 2;

    private int[] starts = [];
    private int[] weights = [];
    private double[] exact = [];

    /// <summary>Output pixels.</summary>
    public int Count { get; private set; }

    /// <summary>Weights an output pixel; those that are not needed are zero.</summary>
    public int Taps { get; private set; }

    /// <summary>The first input pixel that is read.</summary>
    public int Low => starts[0];

    /// <summary>One past the last input pixel that is read.</summary>
    public int High => starts[Count - 1] + Taps;

    /// <summary>The first input pixel of each output pixel; they rise.</summary>
    public ReadOnlySpan<int> Starts => starts.AsSpan(0, Count);

    /// <summary><see cref="Taps"/> weights for each output pixel.</summary>
    public ReadOnlySpan<int> Weights => weights.AsSpan(0, Count * Taps);

    /// <summary>Computes the weights of some of the output pixels.</summary>
    /// <param name="available">Input pixels that may be read.</param>
    /// <param name="start">Where in them the region begins.</param>
    /// <param name="length">Length of the region, in input pixels.</param>
    /// <param name="size">Output pixels of the whole region.</param>
    /// <param name="first">The first output pixel wanted.</param>
    /// <param name="count">Number of output pixels wanted, at least 1.</param>
    public void Prepare(int available, double start, double length, int size, int first, int count)
    {
        double scale = length / size;
        double widened = Math.Max(scale, 1);
        Count = count;
        Taps = 0;
        for (int i = 0; i < count; i++)
        {
            (int from, int to) = Reach(Centre(i), widened, available);
            Taps = Math.Max(Taps, to - from);
        }
        if (starts.Length < count) starts = new int[count];
        if (weights.Length < count * Taps) weights = new int[count * Taps];
        if (exact.Length < Taps) exact = new double[Taps];
        for (int i = 0; i < count; i++)
        {
            (int from, int to) = Reach(Centre(i), widened, available);
            // As many taps everywhere: at the far edge they begin earlier, with zeros before those that count.
            starts[i] = Math.Min(from, available - Taps);
            Fill(weights.AsSpan(i * Taps, Taps), starts[i], from, to, Centre(i), 1 / widened);
        }

        double Centre(int i) => start + (first + i + 0.5) * scale;
    }

    /// <summary>Gives back memory that only a large picture needs; what was prepared is gone.</summary>
    /// <param name="most">Bytes of a buffer that is kept.</param>
    public void Trim(int most)
    {
        if (starts.Length > most / sizeof(int)) starts = [];
        if (weights.Length > most / sizeof(int)) weights = [];
        if (exact.Length > most / sizeof(double)) exact = [];
        (Count, Taps) = (0, 0);
    }

    /// <summary>The input pixels that the triangle covers, rounded as Pillow rounds them.</summary>
    private static (int From, int To) Reach(double centre, double widened, int available) =>
        (Math.Max(0, (int)(centre - widened + 0.5)), Math.Min(available, (int)(centre + widened + 0.5)));

    private void Fill(Span<int> row, int begin, int from, int to, double centre, double narrowing)
    {
        row.Clear();
        double sum = 0;
        for (int x = from; x < to; x++)
        {
            double distance = Math.Abs((x - centre + 0.5) * narrowing);
            double weight = distance < 1 ? 1 - distance : 0;
            exact[x - from] = weight;
            sum += weight;
        }
        for (int x = from; x < to; x++)
        {
            double weight = sum != 0 ? exact[x - from] / sum : 0;
            row[x - begin] = (int)(0.5 + weight * (1 << FractionBits));
        }
    }
}
