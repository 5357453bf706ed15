using ResNetGen.Evaluation;
using static TorchSharp.torch;

namespace ResNetGen.Distributed;

/// <summary>What is counted of each picture of a test set, gathered from the ranks that tested them.</summary>
internal static class SharedScores
{
    /// <summary>The scores of all pictures, on all ranks.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="pictures">Pictures of the set.</param>
    /// <param name="own">Those that this rank tests.</param>
    /// <param name="test">Tests them.</param>
    public static PictureScore[] Gather(Ranks ranks, int pictures, PictureRange own, Func<PictureRange, PictureScore[]> test)
    {
        PictureScore[] mine = ranks.Together(() => test(own));
        if (!ranks.AreJoined)
        {
            return mine;
        }

        // Each number is one rank's alone: added to zeros it stays what it is.
        double[] values = new double[3 * pictures];
        for (int i = 0; i < mine.Length; i++)
        {
            int at = 3 * (own.First + i);
            (values[at], values[at + 1], values[at + 2]) = (mine[i].Own, mine[i].Guess, mine[i].Better);
        }

        using Tensor numbers = tensor(values);
        ranks.Sum(numbers);
        double[] all = numbers.data<double>().ToArray();
        PictureScore[] scores = new PictureScore[pictures];
        for (int i = 0; i < pictures; i++)
        {
            scores[i] = new PictureScore(all[3 * i], (int)all[(3 * i) + 1], (int)all[(3 * i) + 2]);
        }

        return scores;
    }
}
