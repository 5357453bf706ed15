using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ResNetGen.Architecture;

namespace ResNetGen.Data;

/// <summary>The inner loops over pixels, vectorised where the order of memory allows it.</summary>
internal static class PixelKernels
{
    /// <summary>output = (image − mean) × scale. Subtraction and product stay apart, so every machine rounds alike.</summary>
    public static void Normalize(ReadOnlySpan<byte> image, ReadOnlySpan<float> mean, ReadOnlySpan<float> scale, Span<float> output)
    {
        int n = image.Length;
        if (mean.Length < n || scale.Length < n || output.Length < n)
            throw new ArgumentException($"A picture of {n} values needs as many means, scales and places, got {mean.Length}, {scale.Length} and {output.Length}.");
        ref byte source = ref MemoryMarshal.GetReference(image);
        ref float m = ref MemoryMarshal.GetReference(mean);
        ref float s = ref MemoryMarshal.GetReference(scale);
        ref float target = ref MemoryMarshal.GetReference(output);
        int i = 0;
        for (; i <= n - 16; i += 16)
        {
            (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(Vector128.LoadUnsafe(ref source, (nuint)i));
            Store(low, i, ref m, ref s, ref target);
            Store(high, i + 8, ref m, ref s, ref target);
        }
        for (; i < n; i++) output[i] = (image[i] - mean[i]) * scale[i];
    }

    /// <summary>The same with one mean and one scale.</summary>
    public static void Normalize(ReadOnlySpan<byte> image, float mean, float scale, Span<float> output)
    {
        int n = image.Length;
        ref byte source = ref MemoryMarshal.GetReference(image);
        ref float target = ref MemoryMarshal.GetReference(output[..n]);
        (Vector256<float> m, Vector256<float> s) = (Vector256.Create(mean), Vector256.Create(scale));
        int i = 0;
        for (; i <= n - 8; i += 8)
        {
            Vector128<ushort> words = Vector128.WidenLower(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref source, i))).AsByte());
            (Vector128<uint> low, Vector128<uint> high) = Vector128.Widen(words);
            ((Vector256.ConvertToSingle(Vector256.Create(low, high).AsInt32()) - m) * s).StoreUnsafe(ref target, (nuint)i);
        }
        for (; i < n; i++) output[i] = (image[i] - mean) * scale;
    }

    /// <summary>values = (values − mean) × scale.</summary>
    public static void Normalize(Span<float> values, ReadOnlySpan<float> mean, float scale)
    {
        Span<Vector<float>> blocks = MemoryMarshal.Cast<float, Vector<float>>(values);
        ReadOnlySpan<Vector<float>> means = MemoryMarshal.Cast<float, Vector<float>>(mean[..values.Length]);
        for (int i = 0; i < blocks.Length; i++) blocks[i] = (blocks[i] - means[i]) * scale;
        for (int i = blocks.Length * Vector<float>.Count; i < values.Length; i++) values[i] = (values[i] - mean[i]) * scale;
    }

    /// <summary>The same with one mean.</summary>
    public static void Normalize(Span<float> values, float mean, float scale)
    {
        Span<Vector<float>> blocks = MemoryMarshal.Cast<float, Vector<float>>(values);
        for (int i = 0; i < blocks.Length; i++) blocks[i] = (blocks[i] - new Vector<float>(mean)) * scale;
        for (int i = blocks.Length * Vector<float>.Count; i < values.Length; i++) values[i] = (values[i] - mean) * scale;
    }

    /// <summary>
    /// Cuts a window of the picture's own size out of the picture with <paramref name="padding"/> zeros around it, mirrored
    /// if asked, in planar (NCHW) order.
    /// </summary>
    public static void CropPlanar(ReadOnlySpan<float> image, Shape shape, int padding, int top, int left, bool mirror, Span<float> output)
    {
        (int height, int width) = (shape.Height, shape.Width);
        for (int channel = 0; channel < shape.Channels; channel++)
        for (int y = 0; y < height; y++)
        {
            Span<float> row = output.Slice((channel * height + y) * width, width);
            int sourceY = y + top - padding;
            if ((uint)sourceY >= (uint)height)
            {
                row.Clear();
                continue;
            }
            CopyRow(image.Slice((channel * height + sourceY) * width, width), left - padding, mirror, row);
        }
    }

    /// <summary>The same window in interleaved (NHWC) order: what channels_last is in memory.</summary>
    public static void CropInterleaved(ReadOnlySpan<float> image, Shape shape, int padding, int top, int left, bool mirror, Span<float> output)
    {
        (int channels, int height, int width) = (shape.Channels, shape.Height, shape.Width);
        int plane = height * width;
        Span<float> rows = channels * width <= 1024 ? stackalloc float[channels * width] : new float[channels * width];
        for (int y = 0; y < height; y++)
        {
            Span<float> target = output.Slice(y * width * channels, width * channels);
            int sourceY = y + top - padding;
            if ((uint)sourceY >= (uint)height)
            {
                target.Clear();
                continue;
            }
            for (int channel = 0; channel < channels; channel++)
                CopyRow(image.Slice(channel * plane + sourceY * width, width), left - padding, mirror, rows.Slice(channel * width, width));
            Interleave(rows, channels, width, target);
        }
    }

    private static void CopyRow(ReadOnlySpan<float> source, int shift, bool mirror, Span<float> row)
    {
        int width = row.Length;
        int from = Math.Max(0, -shift);
        int to = Math.Min(width, width - shift);
        if (to <= from)
        {
            row.Clear();
            return;
        }
        row[..from].Clear();
        source.Slice(from + shift, to - from).CopyTo(row[from..]);
        row[to..].Clear();
        if (mirror) row.Reverse();
    }

    private static void Interleave(ReadOnlySpan<float> rows, int channels, int width, Span<float> target)
    {
        ref float source = ref MemoryMarshal.GetReference(rows);
        ref float pixel = ref MemoryMarshal.GetReference(target);
        if (channels == 3)
        {
            for (int x = 0; x < width; x++)
            {
                pixel = Unsafe.Add(ref source, x);
                Unsafe.Add(ref pixel, 1) = Unsafe.Add(ref source, width + x);
                Unsafe.Add(ref pixel, 2) = Unsafe.Add(ref source, 2 * width + x);
                pixel = ref Unsafe.Add(ref pixel, 3);
            }
            return;
        }
        for (int x = 0; x < width; x++)
        for (int channel = 0; channel < channels; channel++)
            target[x * channels + channel] = rows[channel * width + x];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector128<ushort> values, int at, ref float mean, ref float scale, ref float target)
    {
        (Vector128<uint> low, Vector128<uint> high) = Vector128.Widen(values);
        Vector256<float> floats = Vector256.ConvertToSingle(Vector256.Create(low, high).AsInt32());
        Vector256<float> result = (floats - Vector256.LoadUnsafe(ref mean, (nuint)at)) * Vector256.LoadUnsafe(ref scale, (nuint)at);
        result.StoreUnsafe(ref target, (nuint)at);
    }
}
