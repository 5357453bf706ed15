using System.Runtime.InteropServices;
using ResNetGen.Data;

namespace ResNetGen.Tests.Data;

public class BatchRendererTests
{
    private const int Size = 108;

    private static readonly BatchLoaderOptions Options = new()
    {
        BatchSize = 8, Seed = -3, Shuffle = true, DropLast = true, Augmentation = Augmentation.PadCropFlip(2),
    };

    private static byte[] Golden => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Data", "batch.golden.bin"));

    [Fact]
    public void Order_is_numpys()
    {
        ReadOnlySpan<int> expected = MemoryMarshal.Cast<byte, int>(Golden.AsSpan(0, 80));
        Assert.Equal(expected.ToArray(), EpochOrder.Create(20, -3, 5, true));
    }

    /// <summary>Per-pixel mean, then pad, crop and mirror, in N × C × H × W: numpy's values from the definitions.</summary>
    [Fact]
    public void Planar_batch_with_per_pixel_mean_is_numpys()
    {
        ImageSplit split = SmallPictures.Split();
        var renderer = new BatchRenderer(split, Normalization.Measure(NormalizationKind.PerPixelMean, split), Options);
        float[] images = new float[8 * Size];
        long[] labels = new long[8];
        Assert.Equal(8, renderer.Render(5, 1, images, labels));
        ReadOnlySpan<float> golden = MemoryMarshal.Cast<byte, float>(Golden.AsSpan(80));
        for (int i = 0; i < 8; i++)
        {
            Assert.Equal(golden[i * (Size + 1)], labels[i]);
            Near(golden.Slice(i * (Size + 1) + 1, Size), images.AsSpan(i * Size, Size), 1e-6f);
        }
    }

    /// <summary>Per-channel mean and deviation, in N × H × W × C.</summary>
    [Fact]
    public void Interleaved_batch_with_per_channel_normalisation_is_numpys()
    {
        ImageSplit split = SmallPictures.Split();
        var renderer = new BatchRenderer(split, Normalization.Measure(NormalizationKind.PerChannel, split), Options with { ChannelsLast = true });
        float[] images = new float[8 * Size];
        renderer.Render(5, 1, images, new long[8]);
        Near(MemoryMarshal.Cast<byte, float>(Golden.AsSpan(80))[(8 * (Size + 1))..], images, 2e-5f);
    }

    [Fact]
    public void Last_batch_is_short_or_left_out()
    {
        ImageSplit split = SmallPictures.Split();
        Normalization none = Normalization.Measure(NormalizationKind.None, split);
        Assert.Equal(2, new BatchRenderer(split, none, Options).BatchesPerEpoch);
        var keep = new BatchRenderer(split, none, Options with { DropLast = false });
        Assert.Equal(3, keep.BatchesPerEpoch);
        Assert.Equal(4, keep.Render(0, 2, new float[8 * Size], new long[8]));
    }

    [Fact]
    public void Without_augmentation_every_value_is_a_byte_over_255()
    {
        ImageSplit split = SmallPictures.Split();
        var renderer = new BatchRenderer(split, Normalization.Measure(NormalizationKind.None, split), BatchLoaderOptions.ForEvaluation(20));
        float[] images = new float[20 * Size];
        renderer.Render(0, 0, images, new long[20]);
        for (int i = 0; i < images.Length; i++) Assert.Equal(split.Image(i / Size)[i % Size] / 255f, images[i], 1e-6f);
    }

    /// <summary>25 places and two directions: over 3,000 epochs of 20 pictures each of the 50 comes 1,200 times, give or take five deviations.</summary>
    [Fact]
    public void Every_window_and_direction_comes_as_often()
    {
        int[] seen = new int[50];
        for (int epoch = 0; epoch < 3000; epoch++)
        for (int position = 0; position < 20; position++)
        {
            (int top, int left, bool mirror) = Decide(11, epoch, position);
            seen[(top * 5 + left) * 2 + (mirror ? 1 : 0)]++;
        }
        Assert.All(seen, n => Assert.InRange(n, 1200 - 175, 1200 + 175));
    }

    [Theory]
    [InlineData(0, "at least 1")]
    [InlineData(-5, "at least 1")]
    [InlineData(21, "Use at most 20")]
    public void Batch_sizes_that_cannot_be_served_are_refused(int batchSize, string says)
    {
        ImageSplit split = SmallPictures.Split();
        var e = Assert.Throws<BadInputException>(() =>
            new BatchRenderer(split, Normalization.Measure(NormalizationKind.None, split), Options with { BatchSize = batchSize }));
        Assert.Contains(says, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_batch_beyond_two_gigabytes_is_refused_before_memory_is_taken()
    {
        ImageSplit split = SmallPictures.Split();
        var e = Assert.Throws<BadInputException>(() => new BatchRenderer(split, Normalization.Measure(NormalizationKind.None, split),
            BatchLoaderOptions.ForEvaluation(1_000_000_000)));
        Assert.Contains("Use a smaller batch", e.Message, StringComparison.Ordinal);
    }

    private static (int Top, int Left, bool Mirror) Decide(long seed, int epoch, int position)
    {
        PictureDraw draw = new(seed, epoch, position);
        PixelBox window = Geometry.PadAndCrop(2).Place(new(6, 6), new(6, 6), draw).Window;
        return (window.Top + 2, window.Left + 2, Augmentation.PadCropFlip(2).Mirrors(draw));
    }

    private static void Near(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, float tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++) Assert.True(MathF.Abs(expected[i] - actual[i]) <= tolerance, $"value {i}: expected {expected[i]}, got {actual[i]}");
    }
}
