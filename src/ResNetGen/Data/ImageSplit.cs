using System.Buffers.Binary;
using System.Security.Cryptography;
using ResNetGen.Architecture;

namespace ResNetGen.Data;

/// <summary>
/// Pictures of one size and their labels in memory: 8-bit values, one picture after another, each as channel planes (channels
/// × height × width), as CIFAR's files have them.
/// </summary>
public sealed class ImageSplit : PictureSource
{
    private readonly ReadOnlyMemory<byte> pixels;
    private readonly ReadOnlyMemory<int> labels;
    private readonly Lazy<string> fingerprint;

    /// <summary>Wraps pictures that are already in memory.</summary>
    /// <param name="name">What the split is called in messages, such as <c>train</c>.</param>
    /// <param name="shape">Shape of every picture, in pixels.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="pixels">All pictures, channels × height × width bytes each.</param>
    /// <param name="labels">One label a picture, 0 … <paramref name="classes"/> − 1.</param>
    /// <exception cref="ArgumentException">The sizes disagree, or a label is out of range.</exception>
    public ImageSplit(string name, Shape shape, int classes, ReadOnlyMemory<byte> pixels, ReadOnlyMemory<int> labels)
        : base(name, shape, classes)
    {
        long expected = (long)labels.Length * shape.Channels * shape.Height * shape.Width;
        if (pixels.Length != expected)
            throw new ArgumentException(
                $"{labels.Length} pictures of {shape.Channels}x{shape.Height}x{shape.Width} take {expected} bytes, got {pixels.Length}.",
                nameof(pixels));
        ReadOnlySpan<int> values = labels.Span;
        for (int i = 0; i < values.Length; i++)
            if ((uint)values[i] >= (uint)classes)
                throw new ArgumentException($"Label {values[i]} of picture {i} is not in 0 ... {classes - 1}.", nameof(labels));
        this.pixels = pixels;
        this.labels = labels;
        fingerprint = new Lazy<string>(ComputeFingerprint);
    }

    /// <inheritdoc/>
    public override bool VariesInSize => false;

    /// <summary>All labels, in file order.</summary>
    public override ReadOnlySpan<int> Labels => labels.Span;

    /// <summary>SHA-256 over shape, labels and pixels, as lower-case hexadecimal. Computed when first asked for.</summary>
    public override string Fingerprint => fingerprint.Value;

    /// <summary>Has the fingerprint computed meanwhile, on another thread: CIFAR's takes a tenth of a second.</summary>
    internal void BeginFingerprint() => ThreadPool.QueueUserWorkItem(static lazy => _ = lazy.Value, fingerprint, preferLocal: false);

    /// <summary>All pixels, one picture after another.</summary>
    internal ReadOnlyMemory<byte> Pixels => pixels;

    /// <summary>The pixels of one picture, as channel planes.</summary>
    /// <param name="index">Which picture, 0 … <see cref="PictureSource.Count"/> − 1.</param>
    public ReadOnlySpan<byte> Image(int index) => pixels.Span.Slice(index * ImageSize, ImageSize);

    /// <summary>A part of the split, sharing its memory: the papers' 45,000/5,000 division, for example.</summary>
    /// <param name="name">What the part is called in messages.</param>
    /// <param name="start">First picture.</param>
    /// <param name="count">Number of pictures.</param>
    /// <exception cref="ArgumentOutOfRangeException">The part reaches past the end.</exception>
    public ImageSplit Slice(string name, int start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count - start);
        return new ImageSplit(name, Shape, Classes, pixels.Slice(start * ImageSize, count * ImageSize), labels.Slice(start, count));
    }

    /// <inheritdoc/>
    protected internal override void Load(int index, Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        picture.SetPixels(pixels.Slice(index * ImageSize, ImageSize), Shape);
    }

    private string ComputeFingerprint()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> word = stackalloc byte[4];
        foreach (int value in (ReadOnlySpan<int>)[Shape.Channels, Shape.Height, Shape.Width, Classes, Count])
        {
            BinaryPrimitives.WriteInt32LittleEndian(word, value);
            hash.AppendData(word);
        }
        byte[] words = new byte[4 * Count];
        for (int i = 0; i < Count; i++) BinaryPrimitives.WriteInt32LittleEndian(words.AsSpan(4 * i), Labels[i]);
        hash.AppendData(words);
        hash.AppendData(pixels.Span);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
