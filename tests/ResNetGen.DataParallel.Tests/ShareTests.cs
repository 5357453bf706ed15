using ResNetGen.Data;
using ResNetGen.Distributed;
using ResNetGen.Evaluation;
using ResNetGen.Native;
using ResNetGen.Tests.Training;
using ResNetGen.Training;

namespace ResNetGen.DataParallel.Tests;

/// <summary>The parts of several processes together are what one would have had.</summary>
public sealed class ShareTests
{
    private static readonly PictureSource s_source = TinySet.Instance.Train;
    private static readonly Normalization s_normalization = Normalization.Measure(NormalizationKind.PerChannel, s_source);

    private static BatchLoaderOptions Options { get; } = BatchLoaderOptions.ForTraining(24, 3, Augmentation.PadCropFlip(1));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(24)]
    public void The_parts_of_a_batch_are_the_batch(int count)
    {
        foreach ((int epoch, int iteration) in new[] { (0, 0), (0, 7), (2, 5) })
        {
            (float[] images, long[] labels) = Render(Options, epoch, iteration);
            var parts = Enumerable.Range(0, count).Select(rank => Render(Options with { Share = new BatchShare(rank, count) }, epoch, iteration)).ToArray();
            Assert.Equal(images, parts.SelectMany(static part => part.Images));
            Assert.Equal(labels, parts.SelectMany(static part => part.Labels));
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Partners_are_the_rows_of_the_batch_in_reverse(int count)
    {
        (float[] images, long[] labels) = Render(Options, 1, 2);
        float[][] rows = [.. images.Chunk(192)];
        int own = 24 / count;
        for (int rank = 0; rank < count; rank++)
        {
            (float[] mine, long[] mineLabels) = Render(Options with { Share = new BatchShare(rank, count, WithPartners: true) }, 1, 2);
            float[][] behind = [.. mine.Chunk(192)];
            int at = behind.Length > own ? own : 0;
            Assert.Equal(2 * rank + 1 == count ? own : 2 * own, behind.Length);
            for (int i = 0; i < own; i++)
            {
                // Row s + i of the batch is mixed with row 23 - s - i: the part's partners, from the last on.
                Assert.Equal(rows[(rank * own) + i], behind[i]);
                Assert.Equal(rows[23 - (rank * own) - i], behind[at + own - 1 - i]);
                Assert.Equal(labels[23 - (rank * own) - i], mineLabels[at + own - 1 - i]);
            }
        }
    }

    [Fact]
    public void A_loader_hands_its_part_out()
    {
        using BatchLoader all = new(s_source, s_normalization, Options);
        using BatchLoader part = new(s_source, s_normalization, Options with { Share = new BatchShare(2, 3) });
        for (int i = 0; i < 2 * all.BatchesPerEpoch; i++)
        {
            using Batch whole = all.Next()!;
            using Batch mine = part.Next()!;
            Assert.Equal((8, whole.Epoch, whole.Iteration, whole.IsLastOfEpoch), (mine.Count, mine.Epoch, mine.Iteration, mine.IsLastOfEpoch));
            using var expected = whole.Images.narrow(0, 16, 8);
            Assert.Equal(expected.contiguous().data<float>().ToArray(), mine.Images.contiguous().data<float>().ToArray());
        }

        Assert.Equal(all.BatchesPerEpoch, part.BatchesPerEpoch);
    }

    [Theory]
    [InlineData(90, 32)]
    [InlineData(7, 3)]
    [InlineData(3, 100)]
    [InlineData(64, 1)]
    public void The_parts_of_a_test_set_are_whole_groups_and_all_of_it(int pictures, int group)
    {
        for (int count = 1; count <= 9; count++)
        {
            PictureRange[] parts = [.. Enumerable.Range(0, count).Select(rank => PictureRange.Part(pictures, group, rank, count))];
            Assert.Equal(Enumerable.Range(0, pictures), parts.SelectMany(static part => Enumerable.Range(part.First, part.Count)));
            Assert.All(parts, part => Assert.True(part.First % group == 0 || part.First == pictures));
        }
    }

    [Fact]
    public void Sums_go_on_by_rank_or_with_the_first()
    {
        MetricSums sums = new([0.1, 0.2, 0.3], [1, 2, 3]);
        Assert.Equal((0.1 + 0.2 + 0.3, 6), (sums.LossSum, sums.Wrong));
        Assert.Equal((0.2, 2), sums.For(1, 3));
        Assert.Equal((0.1 + 0.2 + 0.3, 6), sums.For(0, 2));
        Assert.Equal((0, 0), sums.For(1, 2));
    }

    [Fact]
    public void All_ranks_end_with_the_heaviest_outcome()
    {
        Exception cancelled = new OperationCanceledException();
        Exception bad = new BadInputException("no such picture");
        string[] outcomes = [Outcome.Write(null, "5"), Outcome.Write(cancelled), Outcome.Write(bad)];
        Assert.Null(Outcome.Decide(null, 0, [Outcome.Write(null), Outcome.Write(null)]));
        Assert.Equal("5", Outcome.ResultOf(outcomes[0]));
        Assert.Equal("Rank 2: no such picture", Assert.IsType<BadInputException>(Outcome.Decide(null, 0, outcomes)).Message);
        Assert.Equal("Rank 2: no such picture", Assert.IsType<BadInputException>(Outcome.Decide(cancelled, 1, outcomes)).Message);
        Assert.Same(bad, Outcome.Decide(bad, 2, outcomes));
        Assert.Equal(2, Assert.IsType<ProcessGroupException>(Outcome.Decide(null, 0, [outcomes[0], outcomes[1], Outcome.Write(new InvalidOperationException("x"))])).LostRank);

        // A disk that fails is the same kind of failure on its own rank as on the others.
        IOException full = new("disk full");
        string[] saved = [Outcome.Write(full), Outcome.Write(null)];
        Assert.Equal(("disk full", full), (Assert.IsType<BadInputException>(Outcome.Decide(full, 0, saved)).Message, Outcome.Decide(full, 0, saved)!.InnerException));
        Assert.IsType<BadInputException>(Outcome.Decide(null, 1, saved));
    }

    private static (float[] Images, long[] Labels) Render(BatchLoaderOptions options, int epoch, int iteration)
    {
        BatchRenderer renderer = new(s_source, s_normalization, options);
        int count = renderer.CountAt(iteration);
        float[] images = new float[count * 192];
        long[] labels = new long[count];
        Assert.Equal(count, renderer.Render(epoch, iteration, images, labels));
        return (images, labels);
    }
}
