namespace ResNetGen.Data;

/// <summary>One of RandAugment's operations, as timm maps magnitudes to Pillow's arguments.</summary>
/// <param name="Name">timm's name.</param>
/// <param name="Apply">Changes the pixels, for a level of 0 … 1 and a sign.</param>
internal sealed record PixelOperation(string Name, PixelOperation.Change Apply)
{
    public delegate void Change(Span<uint> pixels, PictureSize size, double level, double sign);

    /// <summary>timm's list of those whose severity grows with the magnitude, in its order.</summary>
    public static IReadOnlyList<PixelOperation> All { get; } =
    [
        new("AutoContrast", static (pixels, _, _, _) => ToneCurves.AutoContrast(pixels)),
        new("Equalize", static (pixels, _, _, _) => ToneCurves.Equalize(pixels)),
        new("Invert", static (pixels, _, _, _) => ToneCurves.Map(pixels, static value => 255 - value)),
        new("Rotate", static (pixels, size, level, sign) => AffineWarp.Rotate(pixels, size, sign * level * 30)),
        new("PosterizeIncreasing", static (pixels, _, level, _) => ToneCurves.Posterize(pixels, 4 - (int)(level * 4))),
        new("SolarizeIncreasing", static (pixels, _, level, _) => ToneCurves.Solarize(pixels, 256 - Math.Min(256, (int)(level * 256)))),
        new("SolarizeAdd", static (pixels, _, level, _) => ToneCurves.SolarizeAdd(pixels, Math.Min(128, (int)(level * 110)))),
        new("ColorIncreasing", static (pixels, _, level, sign) => Enhancement.Saturation(pixels, Factor(level, sign))),
        new("ContrastIncreasing", static (pixels, _, level, sign) => Enhancement.Contrast(pixels, Factor(level, sign))),
        new("BrightnessIncreasing", static (pixels, _, level, sign) => Enhancement.Brightness(pixels, Factor(level, sign))),
        new("SharpnessIncreasing", static (pixels, size, level, sign) => Enhancement.Sharpness(pixels, size, Factor(level, sign))),
        new("ShearX", static (pixels, size, level, sign) => AffineWarp.Apply(pixels, size, new(1, sign * level * 0.3, 0, 0, 1, 0))),
        new("ShearY", static (pixels, size, level, sign) => AffineWarp.Apply(pixels, size, new(1, 0, 0, sign * level * 0.3, 1, 0))),
        new("TranslateXRel", static (pixels, size, level, sign) => AffineWarp.Apply(pixels, size, new(1, 0, sign * level * 0.45 * size.Width, 0, 1, 0))),
        new("TranslateYRel", static (pixels, size, level, sign) => AffineWarp.Apply(pixels, size, new(1, 0, 0, 0, 1, sign * level * 0.45 * size.Height))),
    ];

    private static double Factor(double level, double sign) => Math.Max(0.1, 1 + sign * level * 0.9);
}
