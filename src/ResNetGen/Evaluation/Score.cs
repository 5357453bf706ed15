namespace ResNetGen.Evaluation;

/// <summary>How well a network classified a set of pictures.</summary>
public sealed record Score
{
    /// <summary>A picture's label may be among so many best guesses for the second figure that the ImageNet papers give.</summary>
    internal const int Guesses = 5;

    /// <summary>Pictures evaluated.</summary>
    public required long Count { get; init; }

    /// <summary>Mean cross-entropy: minus the logarithm of the label's probability, in nats.</summary>
    public required double Loss { get; init; }

    /// <summary>Pictures whose label is the best guess. Of classes with the same score the first one counts as the guess.</summary>
    public required long Correct { get; init; }

    /// <summary>Pictures whose label is among the five best guesses; null with five classes or fewer, where that says nothing.</summary>
    public required long? CorrectTop5 { get; init; }

    /// <summary>Which class was taken for which.</summary>
    public required ConfusionMatrix Confusion { get; init; }

    /// <summary>Top-1 accuracy, 0 to 1.</summary>
    public double Accuracy => (double)Correct / Count;

    /// <summary>Top-1 error, 0 to 1.</summary>
    public double Error => (double)(Count - Correct) / Count;

    /// <summary>Top-5 accuracy, 0 to 1; null with five classes or fewer.</summary>
    public double? Top5Accuracy => (double?)CorrectTop5 / Count;

    /// <summary>Top-5 error, 0 to 1; null with five classes or fewer.</summary>
    public double? Top5Error => (double?)(Count - CorrectTop5) / Count;
}
