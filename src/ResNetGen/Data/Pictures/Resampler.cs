namespace ResNetGen.Data;

/// <summary>
/// Resizes channel planes of bytes: first along the rows, then along the columns, rounded to bytes in between, as Pillow does
/// it; of the result it computes the window that is wanted. Its memory is used again, so one thread at a time.
/// </summary>
internal sealed class Resampler
{
    private readonly AxisFilter horizontal = new();
    private readonly AxisFilter vertical = new();
    private byte[] rows = [];

    /// <summary>Shows one plane.</summary>
    /// <param name="plane">The picture's channel, <paramref name="stride"/> bytes a row.</param>
    /// <param name="stride">Bytes from one row to the next.</param>
    /// <param name="view">Which part, how large. Window and scaled region overlap.</param>
    /// <param name="output">The window, row by row; what lies outside is zero.</param>
    public void Show(ReadOnlySpan<byte> plane, int stride, in PictureView view, Span<byte> output)
    {
        PixelBox window = view.Window;
        (int left, int right) = (Math.Max(0, window.Left), Math.Min(view.Scaled.Width, window.Left + window.Width));
        (int top, int bottom) = (Math.Max(0, window.Top), Math.Min(view.Scaled.Height, window.Top + window.Height));
        if (right - left < window.Width || bottom - top < window.Height) output.Clear();
        if (right <= left || bottom <= top) return;
        Span<byte> inside = output[((top - window.Top) * window.Width + left - window.Left)..];
        if (view.IsUnscaled) Copy(plane[((view.Region.Top + top) * stride + view.Region.Left + left)..], stride, right - left, bottom - top, inside, window.Width);
        else Resize(plane, stride, view, left, right - left, top, bottom - top, inside);
        if (!view.Mirror) return;
        for (int y = 0; y < window.Height; y++) output.Slice(y * window.Width, window.Width).Reverse();
    }

    private static void Copy(ReadOnlySpan<byte> source, int stride, int width, int height, Span<byte> output, int outputStride)
    {
        for (int y = 0; y < height; y++) source.Slice(y * stride, width).CopyTo(output[(y * outputStride)..]);
    }

    private void Resize(ReadOnlySpan<byte> plane, int stride, in PictureView view, int left, int width, int top, int height, Span<byte> output)
    {
        PixelBox region = view.Region;
        horizontal.Prepare(region.Width, 0, region.Width, view.Scaled.Width, left, width);
        vertical.Prepare(region.Height, 0, region.Height, view.Scaled.Height, top, height);
        (int first, int count) = (vertical.Low, vertical.High - vertical.Low);
        if (rows.Length < count * width) rows = new byte[count * width];
        for (int y = 0; y < count; y++)
            Horizontal(plane.Slice((region.Top + first + y) * stride + region.Left, region.Width), rows.AsSpan(y * width, width));
        for (int y = 0; y < height; y++)
            Vertical(rows.AsSpan((vertical.Starts[y] - first) * width), vertical.Weights.Slice(y * vertical.Taps, vertical.Taps), output.Slice(y * view.Window.Width, width));
    }

    private void Horizontal(ReadOnlySpan<byte> row, Span<byte> output)
    {
        int taps = horizontal.Taps;
        ReadOnlySpan<int> starts = horizontal.Starts;
        ReadOnlySpan<int> weights = horizontal.Weights;
        for (int x = 0; x < output.Length; x++)
        {
            int sum = 1 << (AxisFilter.FractionBits - 1);
            ReadOnlySpan<byte> from = row.Slice(starts[x], taps);
            for (int i = 0; i < taps; i++) sum += from[i] * weights[x * taps + i];
            output[x] = Clip(sum);
        }
    }

    private static void Vertical(ReadOnlySpan<byte> rows, ReadOnlySpan<int> weights, Span<byte> output)
    {
        int width = output.Length;
        for (int x = 0; x < width; x++)
        {
            int sum = 1 << (AxisFilter.FractionBits - 1);
            for (int i = 0; i < weights.Length; i++) sum += rows[i * width + x] * weights[i];
            output[x] = Clip(sum);
        }
    }

    private static byte Clip(int sum) => (byte)Math.Clamp(sum >> AxisFilter.FractionBits, 0, 255);
}
