using System.Globalization;

namespace ResNetGen.Training;

/// <summary>
/// Pictures of a batch are mixed in pairs, and so are their labels: mixup (Zhang et al. 2017) adds them, cutmix (Yun et al. 2019)
/// puts a rectangle of one into the other. Each batch has one weight, drawn from Beta(alpha, alpha), and its pictures are paired
/// with the same batch in reverse order, as in timm. A mixed picture counts in the training error by its heavier label.
/// </summary>
/// <param name="Mixup">Mixup's alpha; 0 for none.</param>
/// <param name="Cutmix">Cutmix's alpha; 0 for none.</param>
/// <param name="Switch">Where both are given, the probability of cutmix.</param>
/// <param name="Probability">The probability that a batch is mixed at all.</param>
public sealed record Mixing(double Mixup = 0, double Cutmix = 0, double Switch = 0.5, double Probability = 1)
{
    /// <summary>In words, with every number that it computes with, none rounded.</summary>
    public string Description => string.Join(", ", Parts());

    private IEnumerable<string> Parts()
    {
        if (Mixup > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"mixup {Mixup:R}");
        }

        if (Cutmix > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"cutmix {Cutmix:R}");
        }

        if (Mixup > 0 && Cutmix > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"cutmix with probability {Switch:R}");
        }

        if (Probability < 1)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"of {Probability:R} of the batches");
        }

        yield return "training error by the heavier label";
    }
}
