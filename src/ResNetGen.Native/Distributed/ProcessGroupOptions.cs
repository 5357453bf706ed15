namespace ResNetGen.Native;

/// <summary>Who takes part in a <see cref="ProcessGroup"/>, and where they meet.</summary>
public sealed record ProcessGroupOptions
{
    /// <summary>This process's number, 0 to <see cref="WorldSize"/> - 1 (torchrun's RANK). Each process has its own.</summary>
    public required int Rank { get; init; }

    /// <summary>The number of processes (torchrun's WORLD_SIZE); the same in all of them.</summary>
    public required int WorldSize { get; init; }

    /// <summary>Name or address of the machine of rank 0 (torchrun's MASTER_ADDR).</summary>
    public required string MasterAddress { get; init; }

    /// <summary>The port there, 1 to 65535, that the store listens on (torchrun's MASTER_PORT).</summary>
    public required int MasterPort { get; init; }

    /// <summary>What carries tensors: "gloo" between processors, "nccl" between NVIDIA GPUs.</summary>
    public string Backend { get; init; } = "gloo";

    /// <summary>How long any call waits for the other ranks before it fails: at least a second.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The network interface that Gloo listens on ("eth0"); null: what GLOO_SOCKET_IFNAME names, else the one that reaches the master.
    /// NCCL chooses by itself (NCCL_SOCKET_IFNAME).
    /// </summary>
    public string? Interface { get; init; }

    /// <summary>The number of the GPU that this rank computes on, for NCCL (torchrun's LOCAL_RANK).</summary>
    public int LocalRank { get; init; }

    /// <summary>
    /// Whether this process hosts the store that all meet at; null: rank 0 does. false on every rank where somebody else hosts it
    /// already (torchrun with TORCHELASTIC_USE_AGENT_STORE=True).
    /// </summary>
    public bool? HostsStore { get; init; }

    /// <summary>
    /// What the group's keys in the store begin with; the same in all ranks. Groups that follow each other at one store, such as torchrun's
    /// restarts, each need their own: "resnetgen/" + TORCHELASTIC_RESTART_COUNT.
    /// </summary>
    public string StorePrefix { get; init; } = "resnetgen";

    /// <summary>
    /// Whether <see cref="GradientBuckets"/> of ranks that are all on one machine exchange gradients of the processor through memory that they
    /// share, instead of Gloo; null: yes, unless the environment variable <c>RESNETGEN_SHARED_MEMORY</c> is 0. They do where all ranks say so and can.
    /// </summary>
    public bool? SharedMemory { get; init; }
}
