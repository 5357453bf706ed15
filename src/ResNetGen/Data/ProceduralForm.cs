namespace ResNetGen.Data;

/// <summary>
/// The outlines and textures of the classes as functions of a point, in a frame of the object's own. Nothing but exactly
/// rounded operations: sines would differ between machines.
/// </summary>
internal static class ProceduralForm
{
    public const int FirstTexture = 6;

    private const float HalfRootThree = 0.8660254f;

    /// <summary>Signed distance in pixels, about: negative inside.</summary>
    public static float Outline(int shape, float x, float y, float radius) => shape switch
    {
        0 => MathF.Sqrt(x * x + y * y) - radius,
        1 => MathF.Abs(MathF.Sqrt(x * x + y * y) - 0.76f * radius) - 0.24f * radius,
        2 => MathF.Max(MathF.Abs(x), MathF.Abs(y)) - 0.82f * radius,
        3 => Triangle(x, y, radius),
        4 => MathF.Min(
            MathF.Max(MathF.Abs(x) - radius, MathF.Abs(y) - 0.3f * radius),
            MathF.Max(MathF.Abs(x) - 0.3f * radius, MathF.Abs(y) - radius)),
        _ => MathF.Min(Triangle(x, y, radius), Triangle(-x, -y, radius)),
    };

    /// <summary>How much of the second colour a texture has at a point, 0 … 1.</summary>
    public static float Texture(int texture, float x, float y, float period)
    {
        float u = x / period;
        float v = y / period;
        return texture switch
        {
            6 => Soft(Wave(u), period),
            7 => Soft(Wave(u) * Wave(v) * 2, period),
            8 => Dots(u, v, period),
            _ => Soft(Wave(u + 0.55f * Wave(v * 0.6f)), period),
        };
    }

    private static float Triangle(float x, float y, float radius) =>
        MathF.Max(-y, MathF.Max(HalfRootThree * x + 0.5f * y, -HalfRootThree * x + 0.5f * y)) - 0.55f * radius;

    /// <summary>A triangle wave of period 1 between −½ and ½.</summary>
    private static float Wave(float t) => MathF.Abs(t - MathF.Floor(t) - 0.5f) * 2 - 0.5f;

    private static float Dots(float u, float v, float period)
    {
        float x = u - MathF.Floor(u) - 0.5f;
        float y = v - MathF.Floor(v) - 0.5f;
        return Math.Clamp((0.32f - MathF.Sqrt(x * x + y * y)) * period + 0.5f, 0, 1);
    }

    /// <summary>An edge about a pixel wide.</summary>
    private static float Soft(float value, float period) => Math.Clamp(value * period * 0.5f + 0.5f, 0, 1);
}
