using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ResNetGen.Data;

/// <summary>
/// Resizes pixels of four bytes: first along the rows, then along the columns, rounded to bytes in between, as Pillow does it;
/// of the result it computes the window that is wanted. Its memory is used again, so one thread at a time.
/// </summary>
internal sealed class Resampler
{
    private readonly AxisFilter horizontal = new();
    private readonly AxisFilter vertical = new();
    private uint[] rows = [];

    /// <summary>Shows a view.</summary>
    /// <param name="pixels">The picture, possibly at a reduced scale.</param>
    /// <param name="size">Size of what is in <paramref name="pixels"/>.</param>
    /// <param name="scale">Its scale: 1 where it is not reduced.</param>
    /// <param name="view">Which part, how large; its region is in pixels of the picture that is not reduced.</param>
    /// <param name="output">The window, row by row; what lies outside the picture is zero.</param>
    public void Show(ReadOnlySpan<uint> pixels, PictureSize size, double scale, in PictureView view, Span<uint> output)
    {
        PixelBox window = view.Window;
        (int left, int right) = (Math.Max(0, window.Left), Math.Min(view.Scaled.Width, window.Left + window.Width));
        (int top, int bottom) = (Math.Max(0, window.Top), Math.Min(view.Scaled.Height, window.Top + window.Height));
        if (right - left < window.Width || bottom - top < window.Height) output.Clear();
        if (right <= left || bottom <= top) return;
        Span<uint> inside = output[((top - window.Top) * window.Width + left - window.Left)..];
        if (scale == 1 && view.IsUnscaled)
            Copy(pixels[((view.Region.Top + top) * size.Width + view.Region.Left + left)..], size.Width, right - left, bottom - top, inside, window.Width);
        else
            Resize(pixels, size, scale, view, left, right - left, top, bottom - top, inside);
        if (!view.Mirror) return;
        for (int y = 0; y < window.Height; y++) output.Slice(y * window.Width, window.Width).Reverse();
    }

    /// <summary>Gives back memory that only a large picture needs.</summary>
    /// <param name="most">Bytes of a buffer that is kept.</param>
    public void Trim(int most)
    {
        if (rows.Length > most / sizeof(uint)) rows = [];
        horizontal.Trim(most);
        vertical.Trim(most);
    }

    private static void Copy(ReadOnlySpan<uint> source, int stride, int width, int height, Span<uint> output, int outputStride)
    {
        for (int y = 0; y < height; y++) source.Slice(y * stride, width).CopyTo(output[(y * outputStride)..]);
    }

    private void Resize(
        ReadOnlySpan<uint> pixels, PictureSize size, double scale, in PictureView view, int left, int width, int top, int height, Span<uint> output)
    {
        int firstColumn = Prepare(horizontal, view.Region.Left * scale, view.Region.Width * scale, size.Width, view.Scaled.Width, left, width);
        int firstRow = Prepare(vertical, view.Region.Top * scale, view.Region.Height * scale, size.Height, view.Scaled.Height, top, height);
        (int first, int count) = (vertical.Low, vertical.High - vertical.Low);
        if (rows.Length < count * width) rows = new uint[count * width];
        for (int y = 0; y < count; y++)
            Horizontal(pixels.Slice((firstRow + first + y) * size.Width + firstColumn, size.Width - firstColumn), horizontal, rows.AsSpan(y * width, width));
        for (int y = 0; y < height; y++)
            Vertical(rows.AsSpan((vertical.Starts[y] - first) * width, vertical.Taps * width), vertical.Weights.Slice(y * vertical.Taps, vertical.Taps), output.Slice(y * view.Window.Width, width));
    }

    /// <summary>The weights of an axis whose filter sees the pixels that the region touches, and no other.</summary>
    /// <returns>The first of these pixels.</returns>
    private static int Prepare(AxisFilter axis, double start, double length, int size, int scaled, int first, int count)
    {
        int low = (int)start;
        int high = Math.Min(size, (int)Math.Ceiling(start + length));
        axis.Prepare(high - low, start - low, length, scaled, first, count);
        return low;
    }

    private static void Horizontal(ReadOnlySpan<uint> row, AxisFilter axis, Span<uint> output)
    {
        int taps = axis.Taps;
        if (row.Length < axis.High) throw new ArgumentException("The row ends before the filter does.", nameof(row));
        ref uint source = ref MemoryMarshal.GetReference(row);
        ref int start = ref MemoryMarshal.GetReference(axis.Starts);
        ref int weight = ref MemoryMarshal.GetReference(axis.Weights);
        Vector128<int> half = Vector128.Create(1 << (AxisFilter.FractionBits - 1));
        for (int x = 0; x < output.Length; x++)
        {
            ref uint from = ref Unsafe.Add(ref source, Unsafe.Add(ref start, x));
            Vector128<int> sum = half;
            for (int i = 0; i < taps; i++) sum += Widen(Unsafe.Add(ref from, i)) * Unsafe.Add(ref weight, i);
            weight = ref Unsafe.Add(ref weight, taps);
            output[x] = Narrow(sum);
        }
    }

    private static void Vertical(ReadOnlySpan<uint> rows, ReadOnlySpan<int> weights, Span<uint> output)
    {
        int width = output.Length;
        ref uint source = ref MemoryMarshal.GetReference(rows);
        ref uint target = ref MemoryMarshal.GetReference(output);
        Vector128<int> half = Vector128.Create(1 << (AxisFilter.FractionBits - 1));
        int x = 0;
        for (; x <= width - 4; x += 4)
        {
            (Vector128<int> a, Vector128<int> b, Vector128<int> c, Vector128<int> d) = (half, half, half, half);
            for (int i = 0; i < weights.Length; i++)
            {
                (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(Vector128.LoadUnsafe(ref source, (nuint)(i * width + x)).AsByte());
                Vector128<int> weight = Vector128.Create(weights[i]);
                a += Vector128.WidenLower(low).AsInt32() * weight;
                b += Vector128.WidenUpper(low).AsInt32() * weight;
                c += Vector128.WidenLower(high).AsInt32() * weight;
                d += Vector128.WidenUpper(high).AsInt32() * weight;
            }
            Vector128<short> ab = Vector128.Narrow(a >> AxisFilter.FractionBits, b >> AxisFilter.FractionBits);
            Vector128<short> cd = Vector128.Narrow(c >> AxisFilter.FractionBits, d >> AxisFilter.FractionBits);
            Vector128.Narrow(ab.AsUInt16(), cd.AsUInt16()).AsUInt32().StoreUnsafe(ref target, (nuint)x);
        }
        for (; x < width; x++)
        {
            Vector128<int> sum = half;
            for (int i = 0; i < weights.Length; i++) sum += Widen(Unsafe.Add(ref source, i * width + x)) * weights[i];
            output[x] = Narrow(sum);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Widen(uint pixel) =>
        Vector128.WidenLower(Vector128.WidenLower(Vector128.CreateScalarUnsafe(pixel).AsByte())).AsInt32();

    /// <summary>The weights are not negative and sum to one, so no value leaves 0 … 255.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Narrow(Vector128<int> sum)
    {
        Vector128<ushort> words = Vector128.Narrow(sum >> AxisFilter.FractionBits, Vector128<int>.Zero).AsUInt16();
        return Vector128.Narrow(words, Vector128<ushort>.Zero).AsUInt32().ToScalar();
    }
}
