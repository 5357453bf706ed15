using ResNetGen.Architecture;

namespace ResNetGen.Data;

/// <summary>
/// One picture on its way from a <see cref="PictureSource"/> to the network, with the memory that this takes: used again for
/// the next picture, by one thread at a time.
/// </summary>
public sealed class Picture
{
    private readonly Resampler resampler = new();
    private ReadOnlyMemory<byte> planes;
    private Shape shape;
    private byte[] bytes = [];
    private float[] floats = [];

    /// <summary>Size, before anything is cut out of it.</summary>
    internal PictureSize Size => new(shape.Width, shape.Height);

    /// <summary>The picture is pixels in memory, which are not copied.</summary>
    /// <param name="pixels">Channel planes, channels × height × width bytes.</param>
    /// <param name="shape">Their shape.</param>
    /// <exception cref="ArgumentException">There are more or fewer bytes than the shape says.</exception>
    public void SetPixels(ReadOnlyMemory<byte> pixels, Shape shape)
    {
        if (pixels.Length != shape.Elements)
            throw new ArgumentException($"A picture of {shape} takes {shape.Elements} bytes, got {pixels.Length}.", nameof(pixels));
        planes = pixels;
        this.shape = shape;
    }

    /// <summary>Shows a part of the picture as channel planes.</summary>
    internal void Render(in PictureView view, int channels, Span<byte> output)
    {
        ReadOnlySpan<byte> source = planes.Span;
        int size = view.Window.Width * view.Window.Height;
        for (int channel = 0; channel < channels; channel++)
            resampler.Show(source.Slice(channel * (int)shape.Pixels, (int)shape.Pixels), shape.Width, view, output.Slice(channel * size, size));
    }

    /// <summary>All of the picture as channel planes, for as long as no other is loaded.</summary>
    internal ReadOnlySpan<byte> Whole() => planes.Span;

    /// <summary>Memory for bytes: what it held is gone.</summary>
    internal Span<byte> Bytes(int count) => (bytes.Length >= count ? bytes : bytes = new byte[count]).AsSpan(0, count);

    /// <summary>Memory for floats: what it held is gone.</summary>
    internal Span<float> Floats(int count) => (floats.Length >= count ? floats : floats = new float[count]).AsSpan(0, count);
}
