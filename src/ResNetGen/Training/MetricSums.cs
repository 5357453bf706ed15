namespace ResNetGen.Training;

/// <summary>The sums of <see cref="RunningMetrics"/> as they were read: those of each rank, since a resumed run goes on with its own.</summary>
/// <param name="Losses">Total loss of each rank's pictures.</param>
/// <param name="Wrongs">Its pictures classified wrongly.</param>
internal sealed record MetricSums(double[] Losses, long[] Wrongs)
{
    /// <summary>Total loss over all pictures.</summary>
    public double LossSum => Losses.Aggregate(static (sum, one) => sum + one);

    /// <summary>Pictures classified wrongly.</summary>
    public long Wrong => Wrongs.Sum();

    /// <summary>
    /// What a rank goes on with: its own where there are as many ranks as before; else rank 0 has all of it, and the others nothing.
    /// </summary>
    public (double Loss, long Wrong) For(int rank, int count) =>
        count == Losses.Length ? (Losses[rank], Wrongs[rank]) : rank == 0 ? (LossSum, Wrong) : (0, 0);
}
