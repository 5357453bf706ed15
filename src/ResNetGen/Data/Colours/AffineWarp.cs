namespace ResNetGen.Data;

/// <summary>Where each output pixel comes from: x = A·x + B·y + C, y = D·x + E·y + F, at the pixels' centres.</summary>
internal readonly record struct Affine(double A, double B, double C, double D, double E, double F);

/// <summary>Moves pixels as Pillow's bilinear affine transform does; what comes from outside is ImageNet's mean colour.</summary>
internal static class AffineWarp
{
    /// <summary>ImageNet's mean colour, 124, 116, 104.</summary>
    public const uint Fill = 124 | (116 << 8) | (104 << 16);

    /// <summary>Turns the picture about its middle, counter-clockwise.</summary>
    public static void Rotate(Span<uint> pixels, PictureSize size, double degrees)
    {
        double angle = -degrees * Math.PI / 180;
        // Rounded to 15 digits as Pillow does it, so that whole quarters are exact.
        double cos = Math.Round(Math.Cos(angle), 15), sin = Math.Round(Math.Sin(angle), 15);
        double x = size.Width / 2.0, y = size.Height / 2.0;
        Apply(pixels, size, new(cos, sin, x - cos * x - sin * y, -sin, cos, y + sin * x - cos * y));
    }

    public static void Apply(Span<uint> pixels, PictureSize size, Affine from)
    {
        uint[] before = pixels.ToArray();
        for (int y = 0; y < size.Height; y++)
        for (int x = 0; x < size.Width; x++)
        {
            double atX = from.A * (x + 0.5) + from.B * (y + 0.5) + from.C;
            double atY = from.D * (x + 0.5) + from.E * (y + 0.5) + from.F;
            pixels[y * size.Width + x] = atX >= 0 && atX < size.Width && atY >= 0 && atY < size.Height
                ? Between(before, size, atX - 0.5, atY - 0.5)
                : Fill;
        }
    }

    private static uint Between(uint[] pixels, PictureSize size, double x, double y)
    {
        int left = (int)Math.Floor(x), top = (int)Math.Floor(y);
        (double partX, double partY) = (x - left, y - top);
        int right = Math.Min(left + 1, size.Width - 1), bottom = Math.Min(top + 1, size.Height - 1);
        left = Math.Max(left, 0);
        top = Math.Max(top, 0);
        (uint a, uint b) = (pixels[top * size.Width + left], pixels[top * size.Width + right]);
        (uint c, uint d) = (pixels[bottom * size.Width + left], pixels[bottom * size.Width + right]);
        uint result = 0;
        for (int shift = 0; shift < 24; shift += 8)
        {
            double upper = Mix((a >> shift) & 255, (b >> shift) & 255, partX);
            double lower = Mix((c >> shift) & 255, (d >> shift) & 255, partX);
            result |= (uint)Mix(upper, lower, partY) << shift;
        }
        return result;
    }

    private static double Mix(double from, double to, double part) => from + (to - from) * part;
}
