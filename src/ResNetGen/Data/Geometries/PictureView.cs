namespace ResNetGen.Data;

/// <summary>Width and height, in pixels.</summary>
internal readonly record struct PictureSize(int Width, int Height)
{
    public override string ToString() => $"{Width}×{Height}";
}

/// <summary>A rectangle of pixels.</summary>
internal readonly record struct PixelBox(int Left, int Top, int Width, int Height)
{
    public static PixelBox Whole(PictureSize size) => new(0, 0, size.Width, size.Height);
}

/// <summary>
/// What a <see cref="Geometry"/> decided for one picture: a region is cut out of it, resized, and of the result a window is
/// shown, mirrored or not. What of the window lies outside is zero.
/// </summary>
/// <param name="Region">What is cut out of the picture: the filter sees nothing beyond it.</param>
/// <param name="Scaled">What the region is resized to.</param>
/// <param name="Window">What is shown of that; it may reach outside.</param>
/// <param name="Mirror">Whether left and right are swapped.</param>
internal readonly record struct PictureView(PixelBox Region, PictureSize Scaled, PixelBox Window, bool Mirror)
{
    /// <summary>Whether resizing would change nothing.</summary>
    public bool IsUnscaled => Region.Width == Scaled.Width && Region.Height == Scaled.Height;
}
