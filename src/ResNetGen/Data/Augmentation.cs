namespace ResNetGen.Data;

/// <summary>
/// What is done to a training picture after it is normalised: zeros are padded around it, a window of its own size is cut
/// at random, and it is mirrored half of the time (arXiv 1512.03385, section 4.2). Since the picture is normalised first, the
/// padding is the mean colour, not black.
/// </summary>
/// <param name="Padding">Zeros on every side, in pixels; 0 cuts nothing.</param>
/// <param name="Flip">Whether to mirror left-right with probability one half.</param>
public sealed record Augmentation(int Padding, bool Flip)
{
    /// <summary>None: the picture as it is, for evaluation.</summary>
    public static Augmentation None { get; } = new(0, false);

    /// <summary>The papers': pad 4, random crop, mirror.</summary>
    public static Augmentation Cifar { get; } = new(4, true);

    /// <summary>The choice for one picture: a pure function of (seed, epoch, position in the epoch).</summary>
    internal (int Top, int Left, bool Mirror) Decide(long seed, int epoch, int position)
    {
        CounterRandom.Words words = CounterRandom.Draw(seed, CounterRandom.Stream.Augment, (uint)epoch, (ulong)position);
        int places = 2 * Padding + 1;
        int top = (int)(((ulong)words.W0 * (ulong)places) >> 32);
        int left = (int)(((ulong)words.W1 * (ulong)places) >> 32);
        return (top, left, Flip && (words.W2 >> 31) != 0);
    }
}
