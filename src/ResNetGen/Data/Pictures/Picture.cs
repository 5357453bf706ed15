using ResNetGen.Architecture;

namespace ResNetGen.Data;

/// <summary>
/// One picture on its way from a <see cref="PictureSource"/> to the network, with the memory that this takes: used again for
/// the next picture, by one thread at a time.
/// </summary>
public sealed class Picture
{
    /// <summary>Memory beyond this is given back with the picture that needed it.</summary>
    private const int MostKept = 32 << 20;

    private readonly Resampler resampler = new();
    private readonly JpegDecoder jpeg = new();
    private readonly PngDecoder png = new();
    private ReadOnlyMemory<byte> content;
    private Shape planes;
    private PictureFormat? format;
    private JpegHeader header;
    private string name = "";
    private uint[] pixels = [];
    private uint[] window = [];
    private byte[] bytes = [];
    private float[] floats = [];

    /// <summary>At which scale <see cref="pixels"/> holds the picture, in eighths; 0 for not yet.</summary>
    private int decoded;

    /// <summary>Size, before anything is cut out of it.</summary>
    internal PictureSize Size { get; private set; }

    /// <summary>The picture is pixels in memory, which are not copied.</summary>
    /// <param name="planes">Channel planes, channels × height × width bytes.</param>
    /// <param name="shape">Their shape.</param>
    /// <exception cref="ArgumentException">There are more or fewer bytes than the shape says.</exception>
    public void SetPixels(ReadOnlyMemory<byte> planes, Shape shape)
    {
        if (planes.Length != shape.Elements)
            throw new ArgumentException($"A picture of {shape} takes {shape.Elements} bytes, got {planes.Length}.", nameof(planes));
        Clear();
        content = planes;
        this.planes = shape;
        Size = new(shape.Width, shape.Height);
    }

    /// <summary>The picture is a JPEG or PNG file: its first bytes say which. It is decoded when it is shown.</summary>
    /// <param name="file">The file's bytes, which are not copied.</param>
    /// <param name="name">What messages call it: its path.</param>
    /// <exception cref="BadInputException">It is neither, is damaged, or claims a size that is refused.</exception>
    public void SetEncoded(ReadOnlyMemory<byte> file, string name)
    {
        Clear();
        this.name = name;
        PictureFormat found = PictureFormats.Of(file.Span, name);
        if (found == PictureFormat.Jpeg)
        {
            header = JpegHeader.Read(file.Span, name);
            Size = header.Size;
        }
        else
        {
            Size = PngHeader.ReadSize(file.Span, name);
        }
        content = file;
        format = found;
    }

    /// <summary>The view, pixel by pixel, for as long as no other is shown.</summary>
    /// <param name="view">Where to look.</param>
    /// <param name="exact">
    /// Whether every pixel of the file counts; else a JPEG file of which the view shows at most a quarter of the resolution is
    /// decoded at a half, a quarter or an eighth.
    /// </param>
    internal Span<uint> Show(scoped in PictureView view, bool exact)
    {
        if (PictureLimits.IsTooLarge(view.Window)) throw PictureLimits.TooLarge(name.Length > 0 ? name : "A picture in memory", Size, view.Window);
        int eighths = format == PictureFormat.Jpeg && !exact ? ScaleFor(view) : 8;
        if (decoded < eighths) Decode(eighths);
        PictureSize size = format is null ? Size : new(JpegDecoder.Reduced(Size.Width, decoded), JpegDecoder.Reduced(Size.Height, decoded));
        int count = view.Window.Width * view.Window.Height;
        if (window.Length < count) window = new uint[count];
        resampler.Show(pixels, size, decoded / 8.0, view, window.AsSpan(0, count));
        return window.AsSpan(0, count);
    }

    /// <summary>All of the picture, pixel by pixel.</summary>
    internal Span<uint> ShowWhole() => Show(new(PixelBox.Whole(Size), Size, PixelBox.Whole(Size), Mirror: false), exact: true);

    /// <summary>The channel planes that were set; empty for a file.</summary>
    internal ReadOnlySpan<byte> Planes => format is null ? content.Span : [];

    /// <summary>Memory for bytes: what it held is gone.</summary>
    internal Span<byte> Bytes(int count) => (bytes.Length >= count ? bytes : bytes = new byte[count]).AsSpan(0, count);

    /// <summary>Memory for floats: what it held is gone.</summary>
    internal Span<float> Floats(int count) => (floats.Length >= count ? floats : floats = new float[count]).AsSpan(0, count);

    /// <summary>Reads a file, or a part of one, into memory of the picture's own.</summary>
    internal Memory<byte> Content(int length)
    {
        if (own.Length < length) own = GC.AllocateUninitializedArray<byte>(length + length / 4);
        return own.AsMemory(0, length);
    }

    private byte[] own = [];

    private void Clear()
    {
        decoded = 0;
        format = null;
        name = "";
        if (pixels.Length > MostKept / sizeof(uint)) pixels = [];
        if (window.Length > MostKept / sizeof(uint)) window = [];
        if (bytes.Length > MostKept) bytes = [];
        if (floats.Length > MostKept / sizeof(float)) floats = [];
        if (own.Length > MostKept) own = [];
        resampler.Trim(MostKept);
        png.Trim(MostKept);
    }

    private void Decode(int eighths)
    {
        int count = JpegDecoder.Reduced(Size.Width, eighths) * JpegDecoder.Reduced(Size.Height, eighths);
        // A failure must not leave half a picture that passes for a whole one.
        decoded = 0;
        if (pixels.Length < count) pixels = GC.AllocateUninitializedArray<uint>(count);
        switch (format)
        {
            case PictureFormat.Jpeg: jpeg.Decode(content.Span, header, eighths, name, pixels); break;
            case PictureFormat.Png: png.Decode(content.Span, Size, name, pixels); break;
            default: PixelPlanes.Join(content.Span, planes.Channels, pixels.AsSpan(0, count)); break;
        }
        decoded = eighths;
    }

    /// <summary>
    /// The least scale that leaves the region twice as large as it is shown: what the filter then takes together is little
    /// different from what it would have taken of the whole. (Pillow says the same of its reducing gap of 2.)
    /// </summary>
    private static int ScaleFor(in PictureView view)
    {
        foreach (int eighths in JpegDecoder.Eighths)
            if ((long)view.Region.Width * eighths >= 16L * view.Scaled.Width && (long)view.Region.Height * eighths >= 16L * view.Scaled.Height) return eighths;
        return 8;
    }
}
