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

    /// <summary>What is counted of a picture.</summary>
    /// <param name="scores">The logarithm of each class's probability.</param>
    /// <param name="label">What it shows.</param>
    public static PictureScore Look(ReadOnlySpan<double> scores, int label)
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

        return new PictureScore(own, guess, better);
    }

    /// <summary>Adds a picture.</summary>
    /// <param name="score">What is counted of it.</param>
    /// <param name="label">What it shows.</param>
    public void Add(PictureScore score, int label)
    {
        _count++;
        _loss -= score.Own;
        _correct += score.Better == 0 ? 1 : 0;
        _amongBest += score.Better < Score.Guesses ? 1 : 0;
        _confusion.Add(label, score.Guess);
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

/// <summary>What is counted of one picture.</summary>
/// <param name="Own">The logarithm of its label's probability.</param>
/// <param name="Guess">The class that it is taken for.</param>
/// <param name="Better">Classes that come before its label.</param>
internal readonly record struct PictureScore(double Own, int Guess, int Better);
