using ResNetGen.Data;
using ResNetGen.Distributed;
using ResNetGen.Distributed.Launching;
using ResNetGen.Evaluation;
using ResNetGen.Tests.Training;
using ResNetGen.Training;

namespace ResNetGen.DataParallel.Tests;

/// <summary>Several ranks test what one process would have tested: the same counts, and the same loss to the bit, on all of them.</summary>
public sealed class EvaluationTests
{
    // Six groups, the last one smaller: as many as the ranks, fewer, and no multiple of them.
    private const int Group = 16;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(7)]
    public async Task Every_rank_has_the_score_of_one_process(int count)
    {
        Score expected = Test(Ranks.One);
        Assert.Equal(TinySet.Instance.Test.Count, expected.Count);

        // Neither blind nor perfect, so that counts can differ.
        Assert.InRange(expected.Correct, 1, expected.Count - 1);
        int port = FreePort.Find();
        Task<Score>[] ranks = [.. Enumerable.Range(0, count).Select(rank => Task.Factory.StartNew(() =>
        {
            RankEnvironment environment = new()
            {
                Rank = rank, LocalRank = rank, WorldSize = count, LocalWorldSize = count, MasterAddress = "127.0.0.1", MasterPort = port, Source = "test",
            };
            using Ranks joined = Ranks.Join(environment, null, new TrainerOptions { Output = "none", CommunicationTimeout = TimeSpan.FromSeconds(20) });
            return Test(joined);
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        Assert.All(await Task.WhenAll(ranks), found =>
        {
            Assert.Equal((expected.Count, expected.Correct, expected.CorrectTop5), (found.Count, found.Correct, found.CorrectTop5));
            Assert.Equal(BitConverter.DoubleToInt64Bits(expected.Loss), BitConverter.DoubleToInt64Bits(found.Loss));
            Assert.Equal(Cells(expected), Cells(found));
        });
    }

    private static Score Test(Ranks ranks)
    {
        using NormNet network = new();
        TestNet.Rank = ranks.Rank;
        PictureSource pictures = TinySet.Instance.Test;
        ComputePlan plan = ComputePlan.Decide(ComputeDevice.Cpu, Precision.Fp32);
        return new EvaluationPass(
            [new Member(network, NormNet.Architecture, Inference.Of(plan))], pictures, Normalization.Measure(NormalizationKind.PerChannel, pictures),
            EvaluationProtocol.For(pictures), new EvaluationOptions { BatchSize = Group, Workers = 1 }).Run(ranks, CancellationToken.None);
    }

    private static IEnumerable<int> Cells(Score score) =>
        from label in Enumerable.Range(0, score.Confusion.Classes)
        from guess in Enumerable.Range(0, score.Confusion.Classes)
        select score.Confusion[label, guess];
}
