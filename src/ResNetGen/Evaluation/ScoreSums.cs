namespace ResNetGen.Evaluation;

/// <summary>
/// Counts picture by picture, in doubles and whole numbers and in the pictures' order: what it comes to does not depend on
/// how the pictures were batched.
/// </summary>
internal sealed class ScoreSums(int classes)
{
    private readonly ConfusionMatrix _confusion = new(classes);
    private double _loss;
    private long _count;
    private long _correct;
    private long _amongBest;

    /// <summary>Adds a picture.</summary>
    /// <param name="scores">The logarithm of each class's probability.</param>
    /// <param name="label">What it shows.</param>
    public void Add(ReadOnlySpan<double> scores, int label)
    {
        double own = scores[label];
        int better = 0;
        int guess = 0;
        for (int other = 0; other < scores.Length; other++)
        {
            if (scores[other] > scores[guess])
            {
                guess = other;
            }

            // Written so that a score that is not a number is never a good one.
            if (other != label && !(scores[other] < own || (scores[other] == own && other > label)))
            {
                better++;
            }
        }

        _count++;
        _loss -= own;
        _correct += better == 0 ? 1 : 0;
        _amongBest += better < Score.Guesses ? 1 : 0;
        _confusion.Add(label, guess);
    }

    /// <summary>What has come together.</summary>
    public Score Read() => new()
    {
        Count = _count,
        Loss = _loss / _count,
        Correct = _correct,
        CorrectTop5 = classes > Score.Guesses ? _amongBest : null,
        Confusion = _confusion,
    };
}
