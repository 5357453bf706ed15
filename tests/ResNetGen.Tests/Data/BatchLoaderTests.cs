using ResNetGen.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Tests.Data;

public class BatchLoaderTests
{
    private static readonly BatchLoaderOptions Training = BatchLoaderOptions.ForTraining(8, 42, Augmentation.PadCropFlip(2));

    /// <summary>What a loader hands out, as one text a batch.</summary>
    private static List<string> Run(ImageSplit split, BatchLoaderOptions options, int batches)
    {
        using var loader = new BatchLoader(split, Normalization.Measure(NormalizationKind.PerPixelMean, split), options);
        var seen = new List<string>();
        while (seen.Count < batches && loader.Next() is { } batch)
            using (batch)
            {
                using Tensor images = batch.Images.contiguous();
                seen.Add($"{batch.Epoch}.{batch.Iteration} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(images.bytes))} {string.Join(',', batch.Labels.data<long>().ToArray())}");
            }
        return seen;
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(5, 3)]
    public void Batches_do_not_depend_on_threads_or_buffers(int workers, int prefetch)
    {
        ImageSplit split = SmallPictures.Split(50);
        List<string> expected = Run(split, Training, 20);
        Assert.Equal(20, expected.Distinct().Count());
        Assert.Equal(expected, Run(split, Training with { Workers = workers, Prefetch = prefetch }, 20));
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(1, 0)]
    [InlineData(2, 5)]
    public void Starting_anywhere_gives_what_the_whole_run_gives_there(int epoch, int iteration)
    {
        ImageSplit split = SmallPictures.Split(50);
        List<string> whole = Run(split, Training, 24);
        Assert.Equal(whole.Skip(epoch * 6 + iteration), Run(split, Training with { StartEpoch = epoch, StartIteration = iteration }, 24 - epoch * 6 - iteration));
    }

    [Fact]
    public void The_end_of_an_epoch_is_the_start_of_the_next()
    {
        ImageSplit split = SmallPictures.Split(50);
        Assert.Equal(Run(split, Training with { StartEpoch = 1 }, 3), Run(split, Training with { StartIteration = 6 }, 3));
    }

    [Fact]
    public void Channels_last_holds_the_same_values_with_channels_last_strides()
    {
        ImageSplit split = SmallPictures.Split(50);
        Assert.Equal(Run(split, Training, 8), Run(split, Training with { ChannelsLast = true }, 8));
        using var loader = new BatchLoader(split, Normalization.Measure(NormalizationKind.None, split), Training with { ChannelsLast = true });
        using Batch batch = loader.Next()!;
        Assert.Equal([8, 3, 6, 6], batch.Images.shape);
        Assert.Equal([108, 1, 18, 3], batch.Images.stride());
    }

    [Fact]
    public void Evaluation_visits_every_picture_once_in_order_and_ends()
    {
        ImageSplit split = SmallPictures.Numbered(23);
        using var loader = new BatchLoader(split, Normalization.Measure(NormalizationKind.None, split), BatchLoaderOptions.ForEvaluation(5));
        var numbers = new List<int>();
        var counts = new List<int>();
        foreach (Batch batch in loader.Batches())
        {
            counts.Add(batch.Count);
            Assert.Equal(batch.Count, batch.Images.shape[0]);
            Assert.Equal(batch.Count, batch.Labels.shape[0]);
            using Tensor plain = batch.Images.contiguous();
            numbers.AddRange(plain.data<float>().ToArray().Chunk(108).Select(picture => (int)MathF.Round(picture[0] * 255)));
        }
        Assert.Equal([5, 5, 5, 5, 3], counts);
        Assert.Equal(Enumerable.Range(0, 23), numbers);
        Assert.Null(loader.Next());
    }

    [Fact]
    public void Buffers_outlive_the_scope_in_which_the_loader_was_made()
    {
        ImageSplit split = SmallPictures.Split(50);
        BatchLoader loader;
        using (NewDisposeScope()) loader = new BatchLoader(split, Normalization.Measure(NormalizationKind.None, split), Training);
        using (loader)
        using (Batch batch = loader.Next()!)
            Assert.Equal(8, batch.Images.shape[0]);
    }

    [Fact]
    public void A_failure_in_a_thread_reaches_the_consumer()
    {
        using var broken = new BrokenMemory(SmallPictures.Split(50).ImageSize * 50);
        var split = new ImageSplit("broken", SmallPictures.Shape, 10, broken.Memory, new int[50]);
        Normalization none = Normalization.Measure(NormalizationKind.None, SmallPictures.Split());
        broken.Break = true;
        using var loader = new BatchLoader(split, none, Training with { Workers = 2 });
        var e = Assert.Throws<IOException>(() => loader.Next());
        Assert.Contains("the disk is gone", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Waiting_can_be_cancelled_and_the_loader_goes_on()
    {
        ImageSplit split = SmallPictures.Split(50);
        using var loader = new BatchLoader(split, Normalization.Measure(NormalizationKind.None, split), Training with { Prefetch = 1 });
        // Both buffers are held, so the third wait has no end of its own.
        using Batch first = loader.Next()!;
        Batch second = loader.Next()!;
        using var cancel = new CancellationTokenSource(50);
        Assert.ThrowsAny<OperationCanceledException>(() => loader.Next(cancel.Token));
        second.Dispose();
        using Batch third = loader.Next()!;
        Assert.Equal(2, third.Iteration);
    }

    [Fact]
    public void Disposing_ends_the_threads_and_leaves_held_batches_alive()
    {
        ImageSplit split = SmallPictures.Split(50);
        var loader = new BatchLoader(split, Normalization.Measure(NormalizationKind.None, split), Training with { Workers = 3 });
        Batch held = loader.Next()!;
        loader.Dispose();
        loader.Dispose();
        Assert.Equal(8, held.Images.shape[0]);
        held.Dispose();
        held.Dispose();
        Assert.Throws<ObjectDisposedException>(() => held.Images);
        Assert.Throws<ObjectDisposedException>(() => loader.Next());
    }

    /// <summary>Memory that can no longer be read once told so.</summary>
    private sealed class BrokenMemory(int length) : System.Buffers.MemoryManager<byte>
    {
        private readonly byte[] bytes = new byte[length];

        public bool Break { get; set; }

        public override Span<byte> GetSpan() => Break ? throw new IOException("the disk is gone") : bytes;

        public override System.Buffers.MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException();

        public override void Unpin()
        {
        }

        protected override void Dispose(bool disposing)
        {
        }
    }
}
