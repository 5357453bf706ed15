namespace ResNetGen.Training;

/// <summary>Cutmix's rectangle, in pixels.</summary>
internal readonly record struct MixBox(int Top, int Left, int Height, int Width)
{
    /// <summary>
    /// The rectangle that takes 1 − <paramref name="weight"/> of a picture around a point, without what lies outside (Yun et al.
    /// 2019, equation 2; whole pixels as in timm).
    /// </summary>
    /// <param name="weight">What is to be left of the picture, 0 to 1.</param>
    /// <param name="height">The picture's height.</param>
    /// <param name="width">The picture's width.</param>
    /// <param name="y">The rectangle's middle.</param>
    /// <param name="x">The rectangle's middle.</param>
    public static MixBox Of(double weight, int height, int width, int y, int x)
    {
        double side = Math.Sqrt(1 - weight);
        int halfHeight = (int)(height * side) / 2;
        int halfWidth = (int)(width * side) / 2;
        int top = Math.Max(y - halfHeight, 0);
        int left = Math.Max(x - halfWidth, 0);
        return new MixBox(top, left, Math.Min(y + halfHeight, height) - top, Math.Min(x + halfWidth, width) - left);
    }

    /// <summary>The part of the picture that is left: the weight of its own label.</summary>
    public double WeightLeft(int height, int width) => 1 - ((double)Height * Width / ((double)height * width));
}
