namespace ResNetGen.Data;

/// <summary>
/// Each new colour value as a weighted sum of the old red, green and blue and a constant: all that brightness, contrast,
/// saturation and colour noise do to a picture, as one step. Values are on the scale 0 … 255, and are not cut off there.
/// </summary>
internal readonly record struct ColourTransform(ColourRow Red, ColourRow Green, ColourRow Blue)
{
    public static ColourTransform Identity { get; } = new(new(1, 0, 0, 0), new(0, 1, 0, 0), new(0, 0, 1, 0));

    public ColourRow this[int channel] => channel switch { 0 => Red, 1 => Green, _ => Blue };

    /// <summary>The brightness of what comes out, as a row of its own.</summary>
    public ColourRow Grey => Red * 0.299 + Green * 0.587 + Blue * 0.114;

    public ColourTransform Plus((double Red, double Green, double Blue) constant) =>
        new(Red.Plus(constant.Red), Green.Plus(constant.Green), Blue.Plus(constant.Blue));

    /// <summary>What comes out, mixed with something else: <paramref name="part"/> of it, and the rest of <paramref name="other"/>.</summary>
    public ColourTransform Blend(double part, ColourRow other) =>
        new(Red * part + other * (1 - part), Green * part + other * (1 - part), Blue * part + other * (1 - part));
}

/// <summary>One new value: weights of the old red, green and blue, and a constant.</summary>
internal readonly record struct ColourRow(double Red, double Green, double Blue, double Constant)
{
    public static ColourRow operator *(ColourRow row, double factor) =>
        new(row.Red * factor, row.Green * factor, row.Blue * factor, row.Constant * factor);

    public static ColourRow operator +(ColourRow a, ColourRow b) => new(a.Red + b.Red, a.Green + b.Green, a.Blue + b.Blue, a.Constant + b.Constant);

    public ColourRow Plus(double constant) => this with { Constant = Constant + constant };

    public double Of((double Red, double Green, double Blue) colour) => Red * colour.Red + Green * colour.Green + Blue * colour.Blue + Constant;
}
