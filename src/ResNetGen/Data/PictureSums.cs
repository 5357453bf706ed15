using System.Numerics;
using System.Runtime.CompilerServices;

namespace ResNetGen.Data;

/// <summary>
/// Sums over pictures, from which means and deviations come. Integers are exact in any order: the result is the same on every
/// machine, however many threads add.
/// </summary>
internal sealed class PictureSums
{
    /// <summary>Pictures of a source whose pictures vary in size: to decode all of ImageNet for two digits would take an hour.</summary>
    public const int Sample = 5000;

    private readonly int channels;
    private readonly long[] sums;
    private readonly long[] squares;
    private int count;

    // Sums of few enough pictures for 32 bits, of which a vector holds twice as many.
    private readonly uint[] recent;
    private int recentCount;

    private PictureSums(PictureSource source)
    {
        channels = source.Shape.Channels;
        sums = new long[source.ImageSize];
        recent = new uint[source.ImageSize];
        squares = new long[channels];
    }

    /// <exception cref="BadInputException">A picture cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The reading of files was given up.</exception>
    public static PictureSums Measure(PictureSource source, CancellationToken cancellation) =>
        source is ImageSplit split ? All(split) : Some(source, cancellation);

    /// <summary>The mean of every value.</summary>
    public void WriteMeans(Span<float> mean)
    {
        for (int i = 0; i < mean.Length; i++) mean[i] = (float)((double)sums[i] / count);
    }

    /// <summary>Every channel's mean and one over its standard deviation.</summary>
    public void WriteChannels(Span<float> mean, Span<float> scale)
    {
        int plane = sums.Length / channels;
        for (int channel = 0; channel < channels; channel++)
        {
            double n = (double)plane * count;
            double average = sums.AsSpan(channel * plane, plane).ToArray().Sum() / n;
            double variance = Math.Max(0, squares[channel] / n - average * average);
            // A constant channel has nothing to scale.
            double deviation = variance > 0 ? Math.Sqrt(variance) : 255.0;
            mean.Slice(channel * plane, plane).Fill((float)average);
            scale.Slice(channel * plane, plane).Fill((float)(1.0 / deviation));
        }
    }

    private static PictureSums All(ImageSplit split)
    {
        PictureSums result = new(split);
        int parts = Environment.ProcessorCount;
        Parallel.For(0, parts, part =>
        {
            PictureSums own = new(split);
            int end = (int)((long)(part + 1) * split.Count / parts);
            for (int i = (int)((long)part * split.Count / parts); i < end; i++) own.Add(split.Image(i));
            lock (result) result.Add(own);
        });
        return result;
    }

    private static PictureSums Some(PictureSource source, CancellationToken cancellation)
    {
        PictureSums result = new(source);
        int wanted = Math.Min(source.Count, Sample);
        Geometry geometry = Geometry.CentreCrop((Math.Min(source.Shape.Height, source.Shape.Width) * 8 + 6) / 7);
        var target = new PictureSize(source.Shape.Width, source.Shape.Height);
        try
        {
            Parallel.For(0, wanted, new ParallelOptions { CancellationToken = cancellation }, Begin, Measure, Join);
            return result;
        }
        catch (AggregateException e) when (e.InnerExceptions.OfType<BadInputException>().FirstOrDefault() is { } bad)
        {
            // The message of the file, not that of the threads.
            throw new BadInputException(bad.Message, bad);
        }

        (PictureSums Sums, Picture Picture) Begin() => (new PictureSums(source), new Picture());

        (PictureSums Sums, Picture Picture) Measure(int i, ParallelLoopState state, (PictureSums Sums, Picture Picture) own)
        {
            source.Load((int)((long)i * source.Count / wanted), own.Picture);
            Span<byte> bytes = own.Picture.Bytes(source.ImageSize);
            Span<uint> pixels = own.Picture.Show(geometry.Place(own.Picture.Size, target, default), exact: false);
            if (source.Shape.Channels == 1 && own.Picture.Planes.IsEmpty) PixelPlanes.Grey(pixels, bytes);
            else PixelPlanes.Split(pixels, source.Shape.Channels, bytes);
            own.Sums.Add(bytes);
            return own;
        }

        void Join((PictureSums Sums, Picture Picture) own)
        {
            lock (result) result.Add(own.Sums);
        }
    }

    private void Add(ReadOnlySpan<byte> picture)
    {
        if (recentCount == uint.MaxValue / byte.MaxValue) Settle();
        recentCount++;
        count++;
        int plane = sums.Length / channels;
        for (int channel = 0; channel < channels; channel++)
            squares[channel] += Add(picture.Slice(channel * plane, plane), recent.AsSpan(channel * plane, plane));
    }

    // Compiled in full at once: the first hundred milliseconds of a run are spent here.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long Add(ReadOnlySpan<byte> values, Span<uint> sums)
    {
        int width = Vector<byte>.Count, quarter = Vector<uint>.Count, i = 0;
        long squares = 0;
        while (i <= values.Length - width)
        {
            // Lanes of squares: each of 255² at most, four added at a time, for as long as 32 bits hold them.
            Vector<uint> lanes = Vector<uint>.Zero;
            for (int end = (int)Math.Min(values.Length - width, i + 16_000L * width); i <= end; i += width)
            {
                Vector.Widen(new Vector<byte>(values[i..]), out Vector<ushort> low, out Vector<ushort> high);
                for (int half = 0; half < 2; half++)
                {
                    Vector<ushort> shorts = half == 0 ? low : high;
                    Vector.Widen(shorts, out Vector<uint> first, out Vector<uint> second);
                    Span<uint> target = sums.Slice(i + 2 * half * quarter, 2 * quarter);
                    (new Vector<uint>(target) + first).CopyTo(target);
                    (new Vector<uint>(target[quarter..]) + second).CopyTo(target[quarter..]);
                    Vector.Widen(shorts * shorts, out first, out second);
                    lanes += first + second;
                }
            }

            for (int lane = 0; lane < quarter; lane++) squares += lanes[lane];
        }

        for (; i < values.Length; i++)
        {
            sums[i] += values[i];
            squares += values[i] * values[i];
        }

        return squares;
    }

    private void Settle()
    {
        for (int i = 0; i < recent.Length; i++) sums[i] += recent[i];
        Array.Clear(recent);
        recentCount = 0;
    }

    private void Add(PictureSums other)
    {
        other.Settle();
        count += other.count;
        for (int i = 0; i < sums.Length; i++) sums[i] += other.sums[i];
        for (int i = 0; i < squares.Length; i++) squares[i] += other.squares[i];
    }
}
