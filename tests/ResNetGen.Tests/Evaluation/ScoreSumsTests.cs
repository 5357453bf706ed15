using System.Text.Json;
using ResNetGen.Evaluation;
using ResNetGen.Tests.Parity;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Tests.Evaluation;

public sealed class ScoreSumsTests
{
    [Theory]
    [InlineData(4, 64)]
    [InlineData(10, 64)]
    [InlineData(100, 64)]
    [InlineData(10, 7)]
    public void Errors_and_loss_are_PyTorchs_however_the_pictures_are_batched(int classes, int batch)
    {
        using DisposeScope scope = NewDisposeScope();
        JsonElement golden = Golden.Of("scores", $"{classes}");
        Tensor scores = Formula.Images($"scores{classes}", 64, classes);
        Tensor labels = Formula.Labels($"labels{classes}", 64, classes);
        ScoreSums sums = new(classes);
        for (int start = 0; start < 64; start += batch)
        {
            int count = Math.Min(batch, 64 - start);
            sums.Add(scores.narrow(0, start, count).log_softmax(1, ScalarType.Float64), labels.narrow(0, start, count));
        }

        Score score = sums.Read();
        Assert.Equal(64, score.Count);
        Assert.Equal(golden.GetProperty("loss").GetDouble(), score.Loss, 1e-12);
        Assert.Equal(golden.GetProperty("correct").GetInt64(), score.Correct);
        Assert.Equal(classes > 5 ? golden.GetProperty("correct_top5").GetInt64() : null, score.CorrectTop5);
        Assert.Equal(1 - score.Accuracy, score.Error, 1e-12);
        Assert.Equal(1 - score.Top5Accuracy, score.Top5Error);
    }

    [Fact]
    public void The_matrix_says_what_was_taken_for_what()
    {
        Score score = Of([0, 1, 1, 2, 2, 2], [[3, 1, 2], [5, 4, 0], [0, 1, 0], [0, 0, 1], [1, 0, 0], [0, 0, 7]]);
        Assert.Equal([[1, 0, 0], [1, 1, 0], [1, 0, 2]],
            Enumerable.Range(0, 3).Select(label => Enumerable.Range(0, 3).Select(guess => score.Confusion[label, guess]).ToArray()));
        Assert.Equal([1, 2, 3], Enumerable.Range(0, 3).Select(score.Confusion.CountOf));
        Assert.Equal(2 / 3d, score.Confusion.AccuracyOf(2));
        Assert.Equal(4, score.Correct);
        Assert.Throws<ArgumentOutOfRangeException>(() => score.Confusion[0, 3]);
        Assert.Throws<ArgumentOutOfRangeException>(() => score.Confusion.CountOf(-1));
    }

    [Fact]
    public void A_network_that_says_the_same_of_all_classes_knows_only_the_first_ones()
    {
        Score score = Of([.. Enumerable.Range(0, 8)], [.. Enumerable.Repeat(new double[8], 8)]);
        Assert.Equal(1, score.Correct);
        Assert.Equal(5, score.CorrectTop5);
    }

    [Fact]
    public void What_is_not_a_number_is_wrong()
    {
        Score score = Of([0, 7], [.. Enumerable.Repeat(Enumerable.Repeat(double.NaN, 8).ToArray(), 2)]);
        Assert.Equal(0, score.Correct);
        Assert.Equal(0, score.CorrectTop5);
        Assert.Equal(double.NaN, score.Loss);
    }

    private static Score Of(long[] labels, double[][] scores)
    {
        using DisposeScope scope = NewDisposeScope();
        ScoreSums sums = new(scores[0].Length);
        sums.Add(tensor(scores.SelectMany(static row => row).ToArray(), [labels.Length, scores[0].Length]), tensor(labels, int64));
        return sums.Read();
    }
}
