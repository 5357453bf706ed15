using System.Globalization;

namespace ResNetGen.Reports;

/// <summary>One axis: a range of values on a range of paper, and round numbers in between.</summary>
internal sealed class Axis
{
    private readonly double _paperFrom;
    private readonly double _paperTo;
    private readonly double _unit;
    private readonly int _digits;

    /// <param name="from">The first value.</param>
    /// <param name="to">The last value, above the first.</param>
    /// <param name="paperFrom">Where the first one stands.</param>
    /// <param name="paperTo">Where the last one stands; less than the first where the axis goes upwards.</param>
    /// <param name="spacing">About how far apart ticks should be on paper.</param>
    /// <param name="unit">What the numbers at the ticks are divided by.</param>
    public Axis(double from, double to, double paperFrom, double paperTo, double spacing, double unit = 1)
    {
        (From, To, _paperFrom, _paperTo, _unit) = (from, to, paperFrom, paperTo, unit);
        int wanted = Math.Max(1, (int)(Math.Abs(paperTo - paperFrom) / spacing));
        double step = NiceStep((to - from) / wanted);
        // Whole numbers of steps, so that 0.1 + 0.1 + 0.1 is 0.3.
        long first = (long)Math.Ceiling((from / step) - 1e-9);
        long last = (long)Math.Floor((to / step) + 1e-9);
        Ticks = [.. Enumerable.Range(0, (int)(last - first + 1)).Select(i => (first + i) * step)];
        _digits = Math.Max(0, -(int)Math.Floor(Math.Log10(step / unit) + 1e-9));
    }

    public double From { get; }

    public double To { get; }

    /// <summary>Round values from the first to the last.</summary>
    public IReadOnlyList<double> Ticks { get; }

    /// <summary>Where a value stands on paper.</summary>
    public double Place(double value) => _paperFrom + ((value - From) / (To - From) * (_paperTo - _paperFrom));

    /// <summary>The number at a tick.</summary>
    public string Label(double tick) => (tick / _unit).ToString("N" + _digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>The least of 1, 2, 5 times a power of ten that is not below <paramref name="least"/>.</summary>
    public static double NiceStep(double least)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        foreach (double factor in (ReadOnlySpan<double>)[1, 2, 5])
        {
            if (factor * power >= least * (1 - 1e-9))
            {
                return factor * power;
            }
        }

        return 10 * power;
    }
}
