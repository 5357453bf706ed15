using ResNetGen.Data;

namespace ResNetGen.Training;

/// <summary>
/// How one batch is mixed: a pure function of (settings, seed, iteration), so that a resumed run mixes as the undisturbed one
/// would have.
/// </summary>
/// <param name="Weight">The weight of a picture's own label; 1 where nothing is mixed.</param>
/// <param name="Box">Cutmix's rectangle, or null for mixup.</param>
internal readonly record struct MixDraw(double Weight, MixBox? Box)
{
    /// <summary>Nothing is mixed.</summary>
    public static MixDraw None { get; } = new(1, null);

    /// <summary>Whether anything is.</summary>
    public bool Mixes => Weight < 1;

    /// <summary>Draws for one batch.</summary>
    /// <param name="mixing">The settings.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="iteration">Iterations already done.</param>
    /// <param name="height">Of the pictures, in pixels.</param>
    /// <param name="width">Of the pictures, in pixels.</param>
    public static MixDraw Of(Mixing mixing, long seed, long iteration, int height, int width)
    {
        CounterSequence random = new(seed, CounterRandom.Stream.Mixing, (ulong)iteration);
        if (random.Uniform() >= mixing.Probability)
        {
            return None;
        }

        bool cut = mixing.Cutmix > 0 && (mixing.Mixup <= 0 || random.Uniform() < mixing.Switch);
        double weight = BetaDistribution.Draw(cut ? mixing.Cutmix : mixing.Mixup, random.Uniform);
        if (!cut)
        {
            return new MixDraw(weight, null);
        }

        MixBox box = MixBox.Of(weight, height, width, random.Below(height), random.Below(width));
        return new MixDraw(box.WeightLeft(height, width), box);
    }
}
