namespace ResNetGen.Distributed.Scaling;

/// <summary>Where a network is trained: how many processes, and what is between them.</summary>
public sealed record ScalingSetup
{
    /// <summary>Processes on one machine, each with a GPU.</summary>
    public required int PerMachine { get; init; }

    /// <summary>Machines.</summary>
    public int Machines { get; init; } = 1;

    /// <summary>What connects the processes of a machine.</summary>
    public required Link Inside { get; init; }

    /// <summary>What connects machines, once for each; not looked at where there is one.</summary>
    public Link Between { get; init; } = Link.Network(100);

    /// <summary>Seconds that one process by itself takes for a step with its share of the batch.</summary>
    public required double StepSeconds { get; init; }

    /// <summary>The part of <see cref="StepSeconds"/> before the backward pass; a third, since the backward pass has two products for one.</summary>
    public double ForwardShare { get; init; } = 1.0 / 3;

    /// <summary>
    /// The part of a link's rate that an all-reduce makes use of. 0.8 is an assumption; who has measured a link gives the measured rate and 1.
    /// </summary>
    public double Usable { get; init; } = 0.8;

    /// <summary>
    /// Whether data travel while others are computed, as between GPUs. Between processes that have one core each they do not: what is
    /// sent is copied and added by the core that computes.
    /// </summary>
    public bool Overlaps { get; init; } = true;

    /// <summary>Bytes of a gradient; 4, under autocast too.</summary>
    public int BytesPerGradient { get; init; } = 4;

    /// <summary>Bytes of the first bucket; 1 MiB, so that the exchange begins early.</summary>
    public long FirstBucketBytes { get; init; } = 1 << 20;

    /// <summary>Bytes of the others; 25 MiB.</summary>
    public long BucketBytes { get; init; } = 25 << 20;

    /// <summary>Processes altogether.</summary>
    public int Processes => PerMachine * Machines;
}
