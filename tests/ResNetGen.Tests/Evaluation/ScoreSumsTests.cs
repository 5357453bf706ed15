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
        long[] labels = Formula.Labels($"labels{classes}", 64, classes).data<long>().ToArray();
        ScoreSums sums = new(classes);
        for (int start = 0; start < 64; start += batch)
        {
            int count = Math.Min(batch, 64 - start);
            ViewScores views = new(classes, count, 1, ScoreAverage.Probabilities);
            views.Add(scores.narrow(0, start, count), [.. Enumerable.Range(0, count)]);
            for (int i = 0; i < count; i++)
            {
                sums.Add(ScoreSums.Look(views.LogProbabilities(i), (int)labels[start + i]), (int)labels[start + i]);
            }
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

    [Fact]
    public void Averages_are_of_probabilities_or_of_scores()
    {
        // One view is sure of class 0, the other finds both alike: (1/(1+e⁻⁴) + 1/2) / 2 against softmax(2, 0).
        using DisposeScope scope = NewDisposeScope();
        foreach ((ScoreAverage average, double expected) in new[] { (ScoreAverage.Probabilities, 0.5 * ((1 / (1 + Math.Exp(-4))) + 0.5)), (ScoreAverage.Scores, 1 / (1 + Math.Exp(-2))) })
        {
            ViewScores views = new(2, 1, 2, average);
            views.Add(tensor(new float[] { 4, 0, 1, 1 }, [2, 2]), [0, 0]);
            Assert.Equal(Math.Log(expected), views.LogProbabilities(0)[0], 1e-12);
        }
    }

    [Fact]
    public void Scores_far_apart_give_a_loss_that_is_a_number()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor far = tensor(new float[] { 1e30f, -1e30f, 1e30f, -1e30f }, [2, 2]);
        ViewScores single = new(2, 1, 1, ScoreAverage.Probabilities);
        single.Add(far.narrow(0, 0, 1), [0]);
        Assert.Equal(-2e30, single.LogProbabilities(0)[1], 1e24);
        ViewScores both = new(2, 1, 2, ScoreAverage.Probabilities);
        both.Add(far, [0, 0]);
        Assert.InRange(both.LogProbabilities(0)[1], -709, -708);
    }

    private static Score Of(int[] labels, double[][] scores)
    {
        ScoreSums sums = new(scores[0].Length);
        foreach ((int label, double[] row) in labels.Zip(scores))
        {
            sums.Add(ScoreSums.Look(row, label), label);
        }

        return sums.Read();
    }
}
