using System.Globalization;

namespace ResNetGen.Data;

/// <summary>
/// Random brightness, contrast and saturation in random order, as fb.resnet.torch's ColorJitter has them: each mixes the
/// picture with black, with its mean grey or with its own grey, in the part 1 + U(−x, x), and nothing is cut off at white.
/// </summary>
/// <param name="Brightness">Half width of the part's interval; 0 leaves the brightness.</param>
/// <param name="Contrast">The same for contrast.</param>
/// <param name="Saturation">The same for saturation.</param>
public sealed record ColourJitter(double Brightness, double Contrast, double Saturation)
{
    /// <summary>In words, with every number.</summary>
    public string Description => string.Create(CultureInfo.InvariantCulture, $"brightness {Brightness}, contrast {Contrast}, saturation {Saturation}");

    /// <inheritdoc/>
    public override string ToString() => Description;

    internal ColourTransform Draw(SequenceRandom random, (double Red, double Green, double Blue) means)
    {
        Span<int> order = [0, 1, 2];
        for (int i = 2; i > 0; i--)
        {
            int j = random.Below(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }
        ColourTransform transform = ColourTransform.Identity;
        foreach (int which in order)
        {
            double width = which switch { 0 => Brightness, 1 => Contrast, _ => Saturation };
            double part = 1 + random.UniformDouble(-width, width);
            ColourRow other = which switch
            {
                0 => default,
                1 => new ColourRow(0, 0, 0, transform.Grey.Of(means)),
                _ => transform.Grey,
            };
            transform = transform.Blend(part, other);
        }
        return transform;
    }
}
