using System.Globalization;

namespace ResNetGen.Training;

/// <summary>
/// The paper's warm-up for its 110-layer network: a small rate until the training error falls below a bound, then
/// the schedule (He et al. 2015, section 4.2: "about 400 iterations"). Warm-up iterations count in the schedule.
/// </summary>
/// <param name="Rate">The rate while warming up.</param>
/// <param name="UntilTrainError">Ends when the training error, a fraction, is below this.</param>
/// <param name="FromWeightedLayers">Only networks at least this deep warm up.</param>
public sealed record WarmUp(double Rate, double UntilTrainError, int FromWeightedLayers)
{
    /// <summary>The warm-up in words; the bound may be rounded.</summary>
    public string Description => string.Create(CultureInfo.InvariantCulture,
        $"{Rate} until the training error is below {UntilTrainError:P0}, for networks of {FromWeightedLayers} layers and more");

    /// <summary>Its numbers, none rounded: a run is resumed only where they are what they were.</summary>
    public string Parameters => string.Create(CultureInfo.InvariantCulture,
        $"rate {Rate:R}, until a training error below {UntilTrainError:R}, from {FromWeightedLayers} weighted layers");
}
