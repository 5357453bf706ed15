using System.Globalization;

namespace ResNetGen.Data;

/// <summary>
/// RandAugment (Cubuk et al. 2019) in timm's form with growing severity, <c>rand-m6-mstd0.5-inc1</c>: each of a few operations
/// is drawn from fifteen, takes place half of the time, and at a magnitude drawn around the given one. The operations are
/// Pillow's, on bytes; geometric ones are bilinear (timm draws between bilinear and bicubic) and fill with ImageNet's mean colour.
/// </summary>
/// <param name="Operations">Operations drawn for a picture.</param>
/// <param name="Magnitude">Their magnitude, 0 … 10.</param>
/// <param name="Deviation">Standard deviation of the magnitude.</param>
public sealed record RandAugment(int Operations = 2, double Magnitude = 6, double Deviation = 0.5)
{
    /// <summary>The magnitude that counts as all.</summary>
    private const double Most = 10;

    /// <summary>How often a drawn operation takes place.</summary>
    private const double Probability = 0.5;

    /// <summary>In words, with every number.</summary>
    public string Description => string.Create(CultureInfo.InvariantCulture, $"RandAugment {Operations} operations, magnitude {Magnitude} ± {Deviation}");

    /// <inheritdoc/>
    public override string ToString() => Description;

    /// <summary>Changes a picture.</summary>
    /// <param name="pixels">The picture, in place.</param>
    /// <param name="size">Its size.</param>
    /// <param name="random">Its random numbers.</param>
    internal void Apply(Span<uint> pixels, PictureSize size, SequenceRandom random)
    {
        for (int i = 0; i < Operations; i++)
        {
            int which = random.Below(PixelOperation.All.Count);
            bool applies = random.UniformDouble(0, 1) < Probability;
            double magnitude = Math.Clamp(Magnitude + random.Normal() * Deviation, 0, Most);
            double sign = random.Below(2) == 0 ? 1 : -1;
            if (applies) PixelOperation.All[which].Apply(pixels, size, magnitude / Most, sign);
        }
    }
}
