namespace ResNetGen.Data;

/// <summary>The order in which an epoch visits a split: a pure function of (seed, epoch), and the identity unshuffled.</summary>
public static class EpochOrder
{
    /// <summary>Fisher-Yates over counter-based random numbers.</summary>
    /// <param name="count">Number of pictures.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="shuffle">False for file order.</param>
    /// <returns>Position in the epoch → index in the split.</returns>
    public static int[] Create(int count, long seed, int epoch, bool shuffle)
    {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) order[i] = i;
        if (!shuffle) return order;
        for (int i = count - 1; i > 0; i--)
        {
            ulong bits = CounterRandom.Draw(seed, CounterRandom.Stream.Shuffle, (uint)epoch, (ulong)i).Low;
            int j = CounterRandom.Below(bits, i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }
        return order;
    }
}
