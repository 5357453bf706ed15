namespace ResNetGen.Distributed.Scaling;

/// <summary>
/// How long a step of data-parallel training takes on several processes, and how much of their work is not lost to waiting:
/// gradients become ready from the last layer to the first, are gathered in buckets, and each bucket is all-reduced in a ring while
/// the layers before it are computed.
/// </summary>
/// <remarks>
/// A ring of n processes sends 2 (n − 1) / n of a bucket through its slowest link, in 2 (n − 1) rounds (Patarasuk and Yuan 2009,
/// section 3). Between machines it goes once through the network of each. Left out: differences between processes, and reading pictures.
/// </remarks>
public sealed record ScalingEstimate
{
    private ScalingEstimate()
    {
    }

    /// <summary>Seconds of a step.</summary>
    public required double StepSeconds { get; init; }

    /// <summary>Seconds in which buckets travel, hidden behind the backward pass or not.</summary>
    public required double ExchangeSeconds { get; init; }

    /// <summary>Seconds by which the exchange makes the step longer.</summary>
    public required double WaitSeconds { get; init; }

    /// <summary>A process's own time over the step's: 1 where nothing is lost.</summary>
    public required double Efficiency { get; init; }

    /// <summary>Bytes of the buckets in the order in which they travel.</summary>
    public required IReadOnlyList<long> Buckets { get; init; }

    /// <summary>Predicts a step.</summary>
    /// <param name="layers">The layers in the order in which they run.</param>
    /// <param name="setup">Where they run.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number of the setup means nothing.</exception>
    public static ScalingEstimate Of(IReadOnlyList<LayerWork> layers, ScalingSetup setup)
    {
        ArgumentNullException.ThrowIfNull(layers);
        Check(setup);
        double all = layers.Sum(static layer => (double)layer.MultiplyAdds);
        double forward = setup.StepSeconds * setup.ForwardShare, backward = setup.StepSeconds - forward;
        double computed = forward, free = 0, exchange = 0;
        List<long> buckets = [];
        long open = 0;
        for (int i = layers.Count - 1; i >= 0; i--)
        {
            computed += all > 0 ? backward * layers[i].MultiplyAdds / all : backward / layers.Count;
            open += layers[i].Parameters * setup.BytesPerGradient;

            // A gradient that fills a bucket closes it: it is sent whole, as DistributedDataParallel does.
            if (open >= (buckets.Count == 0 ? setup.FirstBucketBytes : setup.BucketBytes) || (i == 0 && open > 0))
            {
                double seconds = AllReduceSeconds(open, setup);
                free = Math.Max(free, computed) + seconds;
                exchange += seconds;
                buckets.Add(open);
                open = 0;
            }
        }

        double step = setup.Overlaps ? Math.Max(setup.StepSeconds, free) : setup.StepSeconds + exchange;
        return new ScalingEstimate
        {
            StepSeconds = step,
            ExchangeSeconds = exchange,
            WaitSeconds = step - setup.StepSeconds,
            Efficiency = setup.StepSeconds / step,
            Buckets = buckets,
        };
    }

    /// <summary>Seconds of one all-reduce.</summary>
    /// <param name="bytes">What each process has, and gets back as the sum.</param>
    /// <param name="setup">Where it happens.</param>
    public static double AllReduceSeconds(long bytes, ScalingSetup setup)
    {
        Check(setup);
        int n = setup.Processes;
        bool far = setup.Machines > 1;
        double rate = setup.Usable * Math.Min(setup.PerMachine > 1 ? setup.Inside.BytesPerSecond : double.PositiveInfinity, far ? setup.Between.BytesPerSecond : double.PositiveInfinity);
        double latency = Math.Max(setup.PerMachine > 1 ? setup.Inside.Latency : 0, far ? setup.Between.Latency : 0);
        return n == 1 ? 0 : (2.0 * (n - 1) / n * bytes / rate) + (2 * (n - 1) * latency);
    }

    private static void Check(ScalingSetup setup)
    {
        ArgumentNullException.ThrowIfNull(setup);
        ArgumentOutOfRangeException.ThrowIfLessThan(setup.PerMachine, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(setup.Machines, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(setup.StepSeconds);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(setup.Usable);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(setup.BytesPerGradient);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(setup.ForwardShare, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(setup.ForwardShare);
    }
}
