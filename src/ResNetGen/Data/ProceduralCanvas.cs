namespace ResNetGen.Data;

/// <summary>Draws one procedural picture: ground, clutter, the object, clutter in front of it, noise.</summary>
internal sealed class ProceduralCanvas
{
    private const int Side = 32;
    private const int Plane = Side * Side;
    private readonly float[] red = new float[Plane];
    private readonly float[] green = new float[Plane];
    private readonly float[] blue = new float[Plane];
    private readonly float[] lattice = new float[36];

    /// <summary>Draws a picture of a class into channel planes.</summary>
    public void Draw(int label, SequenceRandom random, Span<byte> output)
    {
        Colour ground = Ground(ref random);
        int behind = 1 + random.Below(3);
        for (int i = 0; i < behind; i++) Clutter(ref random);
        Object(label, ground, ref random);
        int inFront = random.Below(3);
        for (int i = 0; i < inFront; i++) Clutter(ref random);
        float noise = random.Uniform(6, 34);
        Develop(red, noise, ref random, output[..Plane]);
        Develop(green, noise, ref random, output.Slice(Plane, Plane));
        Develop(blue, noise, ref random, output.Slice(2 * Plane, Plane));
    }

    /// <summary>A gradient between two colours, uneven, and half of the time with a faint texture of its own.</summary>
    private Colour Ground(ref SequenceRandom random)
    {
        Colour a = random.Colour(20, 235);
        Colour b = Colour.Mix(a, random.Colour(20, 235), 0.6f);
        (float cos, float sin) = Direction(ref random);
        float uneven = random.Uniform(0, 50);
        for (int i = 0; i < lattice.Length; i++) lattice[i] = random.Uniform(-uneven, uneven);
        int texture = ProceduralForm.FirstTexture + random.Below(4);
        float period = random.Uniform(3, 9);
        float strength = random.Chance(0.5f) ? random.Uniform(0, 30) : 0;
        for (int y = 0; y < Side; y++)
        for (int x = 0; x < Side; x++)
        {
            float u = (x - 15.5f) * cos + (y - 15.5f) * sin;
            float v = (y - 15.5f) * cos - (x - 15.5f) * sin;
            Colour colour = Colour.Mix(a, b, u * (1f / 44f) + 0.5f);
            float light = Uneven(x, y);
            if (strength > 0) light += strength * (ProceduralForm.Texture(texture, u, v, period) - 0.5f);
            int i = y * Side + x;
            red[i] = colour.Red + light;
            green[i] = colour.Green + light;
            blue[i] = colour.Blue + light;
        }
        return Colour.Mix(a, b, 0.5f);
    }

    /// <summary>What the picture is of.</summary>
    private void Object(int label, Colour ground, ref SequenceRandom random)
    {
        float radius = random.Uniform(6, 12.5f);
        float centreX = random.Uniform(10.5f, 20.5f);
        float centreY = random.Uniform(10.5f, 20.5f);
        (float cos, float sin) = Direction(ref random);
        Colour colour = Unlike(ground, 90, ref random);
        bool textured = label >= ProceduralForm.FirstTexture;
        int outline = textured ? (random.Chance(0.5f) ? 0 : 2) : label;
        if (textured) radius = MathF.Max(radius, 8.5f);
        Colour second = textured ? Unlike(colour, 110, ref random) : Colour.Mix(colour, random.Colour(), 0.45f);
        float period = random.Uniform(3.6f, 6.5f);
        for (int y = 0; y < Side; y++)
        for (int x = 0; x < Side; x++)
        {
            float u = (x - centreX) * cos + (y - centreY) * sin;
            float v = (y - centreY) * cos - (x - centreX) * sin;
            float cover = Math.Clamp(0.5f - ProceduralForm.Outline(outline, u, v, radius), 0, 1);
            if (cover == 0) continue;
            // A shape is shaded from one colour to another; a texture has both of them.
            float part = textured ? ProceduralForm.Texture(label, u, v, period) : Math.Clamp(u / radius * 0.5f + 0.5f, 0, 1);
            Paint(y * Side + x, Colour.Mix(colour, second, part), cover);
        }
    }

    /// <summary>A small thing that means nothing.</summary>
    private void Clutter(ref SequenceRandom random)
    {
        float radius = random.Uniform(1.2f, 4.2f);
        float stretch = random.Uniform(0.35f, 1);
        float centreX = random.Uniform(0, Side);
        float centreY = random.Uniform(0, Side);
        (float cos, float sin) = Direction(ref random);
        int shape = random.Below(6);
        Colour colour = random.Colour();
        float opacity = random.Uniform(0.5f, 1);
        int reach = (int)(radius / stretch) + 3;
        int left = Math.Max(0, (int)centreX - reach), right = Math.Min(Side, (int)centreX + reach + 1);
        int top = Math.Max(0, (int)centreY - reach), bottom = Math.Min(Side, (int)centreY + reach + 1);
        for (int y = top; y < bottom; y++)
        for (int x = left; x < right; x++)
        {
            float u = ((x - centreX) * cos + (y - centreY) * sin) * stretch;
            float v = (y - centreY) * cos - (x - centreX) * sin;
            float cover = Math.Clamp(0.5f - ProceduralForm.Outline(shape, u, v, radius), 0, 1);
            if (cover > 0) Paint(y * Side + x, colour, cover * opacity);
        }
    }

    private void Paint(int i, Colour colour, float cover)
    {
        red[i] += (colour.Red - red[i]) * cover;
        green[i] += (colour.Green - green[i]) * cover;
        blue[i] += (colour.Blue - blue[i]) * cover;
    }

    /// <summary>Bilinear between the points of a 6 × 6 lattice.</summary>
    private float Uneven(int x, int y)
    {
        float u = x * (5f / 32f), v = y * (5f / 32f);
        int i = (int)u, j = (int)v;
        float fx = u - i, fy = v - j;
        float upper = lattice[j * 6 + i] + (lattice[j * 6 + i + 1] - lattice[j * 6 + i]) * fx;
        float lower = lattice[j * 6 + 6 + i] + (lattice[j * 6 + 7 + i] - lattice[j * 6 + 6 + i]) * fx;
        return upper + (lower - upper) * fy;
    }

    /// <summary>A unit vector without sines: the rational points of the circle, in all four quadrants.</summary>
    private static (float Cos, float Sin) Direction(ref SequenceRandom random)
    {
        float t = random.Uniform(-1, 1);
        float scale = 1 / (1 + t * t);
        (float cos, float sin) = ((1 - t * t) * scale, 2 * t * scale);
        return random.Below(2) == 0 ? (cos, sin) : (-cos, -sin);
    }

    private static Colour Unlike(Colour other, float distance, ref SequenceRandom random)
    {
        while (true)
        {
            Colour colour = random.Colour();
            if (colour.Distance(other) >= distance) return colour;
        }
    }

    /// <summary>Adds noise (the sum of four bytes is near enough a bell) and rounds to bytes.</summary>
    private static void Develop(float[] plane, float noise, ref SequenceRandom random, Span<byte> output)
    {
        // Four bytes sum to 510 on average with a standard deviation of 147.8.
        float scale = noise * (1f / 147.8f);
        for (int i = 0; i < Plane; i += 2)
        {
            ulong bits = random.Bits();
            ulong pairs = (bits & 0x00FF00FF00FF00FF) + ((bits >> 8) & 0x00FF00FF00FF00FF);
            uint first = (uint)(pairs & 0xFFFF) + (uint)((pairs >> 16) & 0xFFFF);
            uint second = (uint)((pairs >> 32) & 0xFFFF) + (uint)(pairs >> 48);
            output[i] = Round(plane[i] + ((int)first - 510) * scale);
            output[i + 1] = Round(plane[i + 1] + ((int)second - 510) * scale);
        }
    }

    private static byte Round(float value) => (byte)(int)(Math.Clamp(value, 0, 255) + 0.5f);
}
