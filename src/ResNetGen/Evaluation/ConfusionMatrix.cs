namespace ResNetGen.Evaluation;

/// <summary>How many pictures of each class were taken for each class.</summary>
public sealed class ConfusionMatrix
{
    private readonly int[] _counts;

    internal ConfusionMatrix(int classes)
    {
        Classes = classes;
        _counts = new int[checked(classes * classes)];
    }

    /// <summary>Number of classes.</summary>
    public int Classes { get; }

    /// <summary>Pictures of one class that were taken for another, or rightly for the same.</summary>
    /// <param name="label">What they show, 0 … <see cref="Classes"/> − 1.</param>
    /// <param name="guess">What the network took them for, 0 … <see cref="Classes"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public int this[int label, int guess] => _counts[At(label, guess)];

    /// <summary>Pictures of a class.</summary>
    /// <param name="label">The class, 0 … <see cref="Classes"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public int CountOf(int label) => _counts.AsSpan(At(label, 0), Classes).ToArray().Sum();

    /// <summary>The part of a class's pictures that was recognised, 0 to 1; not a number where the class has no picture.</summary>
    /// <param name="label">The class, 0 … <see cref="Classes"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double AccuracyOf(int label) => (double)this[label, label] / CountOf(label);

    internal void Add(int label, int guess) => _counts[At(label, guess)]++;

    private int At(int label, int guess)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(label);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(label, Classes);
        ArgumentOutOfRangeException.ThrowIfNegative(guess);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(guess, Classes);
        return (label * Classes) + guess;
    }
}
