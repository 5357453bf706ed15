using System.Globalization;

namespace ResNetGen.Training;

/// <summary>
/// A small rate at the start of a run: <see cref="WarmUpUntilError"/>, <see cref="WarmUpFor"/> or <see cref="WarmUpLinear"/>.
/// Its iterations count in the schedule, which goes on as if there had been none.
/// </summary>
public abstract record WarmUp
{
    /// <summary>Only networks at least this deep warm up; 0 for all.</summary>
    public int FromWeightedLayers { get; init; }

    /// <summary>The rate while it is on.</summary>
    /// <param name="point">Where the run is.</param>
    /// <param name="baseRate">The schedule's base rate.</param>
    public abstract double RateAt(RunPoint point, double baseRate);

    /// <summary>Whether it is over before the step that follows, whatever the error.</summary>
    /// <param name="point">Where the run is.</param>
    public abstract bool IsOver(RunPoint point);

    /// <summary>Whether a training error ends it.</summary>
    /// <param name="trainError">The training error since the last reading, 0 to 1.</param>
    public virtual bool EndsAt(double trainError) => false;

    /// <summary>The warm-up in words; numbers may be rounded.</summary>
    public string Description => Words
        + (FromWeightedLayers > 0 ? string.Create(CultureInfo.InvariantCulture, $", for networks of {FromWeightedLayers} layers and more") : "");

    /// <summary>Its kind and its numbers, none rounded: a run is resumed only where they are what they were.</summary>
    public string Parameters => Numbers
        + (FromWeightedLayers > 0 ? string.Create(CultureInfo.InvariantCulture, $", from {FromWeightedLayers} weighted layers") : "");

    /// <summary>The same warm-up for another batch size.</summary>
    /// <param name="rateRatio">What all rates are multiplied by.</param>
    /// <param name="lengthRatio">What iterations are multiplied by, where it counts them.</param>
    public abstract WarmUp Rescale(double rateRatio, double lengthRatio);

    /// <summary>Refuses numbers that give no rate, or no end.</summary>
    /// <exception cref="BadInputException">One does; the message names it.</exception>
    internal virtual void Require()
    {
    }

    /// <summary>The kind in words, without the depth.</summary>
    protected abstract string Words { get; }

    /// <summary>The kind and its numbers, without the depth.</summary>
    protected abstract string Numbers { get; }
}
