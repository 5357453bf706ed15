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
        Span<double> parts = stackalloc double[3];
        for (int i = 0; i < 3; i++)
        {
            double width = order[i] switch { 0 => Brightness, 1 => Contrast, _ => Saturation };
            parts[i] = 1 + random.UniformDouble(-width, width);
        }
        return Compose(order, parts, means);
    }

    /// <summary>Brightness (0), contrast (1) and saturation (2) in an order, each in its part.</summary>
    internal static ColourTransform Compose(ReadOnlySpan<int> order, ReadOnlySpan<double> parts, (double Red, double Green, double Blue) means)
    {
        ColourTransform transform = ColourTransform.Identity;
        for (int i = 0; i < order.Length; i++)
        {
            ColourRow other = order[i] switch
            {
                0 => default,
                1 => new ColourRow(0, 0, 0, transform.Grey.Of(means)),
                _ => transform.Grey,
            };
            transform = transform.Blend(parts[i], other);
        }
        return transform;
    }
}
