using System.Globalization;

namespace ResNetGen.Distributed;

/// <summary>
/// Which one of several processes that train together this is, and where they meet: what a launcher says in environment variables.
/// A run's batch is shared out among them; <see cref="TrainerOptions.Ranks"/> takes one made by hand.
/// </summary>
public sealed record RankEnvironment
{
    /// <summary>This process among all, from 0. Rank 0 alone prints and writes.</summary>
    public required int Rank { get; init; }

    /// <summary>This process among those of its machine, from 0: the number of its GPU.</summary>
    public int LocalRank { get; init; }

    /// <summary>Number of processes.</summary>
    public required int WorldSize { get; init; }

    /// <summary>Number of processes on this machine, which share its processors.</summary>
    public int LocalWorldSize { get; init; } = 1;

    /// <summary>The machine of rank 0, where all meet.</summary>
    public required string MasterAddress { get; init; }

    /// <summary>The port there.</summary>
    public required int MasterPort { get; init; }

    /// <summary>Who said so: <c>torchrun</c>, <c>SLURM</c>, <c>Kubeflow</c>, <c>resnetgen launch</c>.</summary>
    public string Source { get; init; } = "TrainerOptions.Ranks";

    /// <summary>
    /// How often all processes were started again after one was lost (torchrun's <c>TORCHELASTIC_RESTART_COUNT</c>). Above 0 a run goes on
    /// from its newest checkpoint, as with <see cref="TrainerOptions.Resume"/>, and begins anew where there is none.
    /// </summary>
    public int Restarts { get; init; }

    /// <summary>Whether somebody else hosts the store where all meet (torchrun's agent); else rank 0 does.</summary>
    public bool StoreIsHosted { get; init; }

    /// <summary>Processors that this process has for itself; null where those that it may use are shared by all of its machine.</summary>
    internal int? OwnProcessors { get; init; }

    /// <summary>
    /// Reads torchrun's variables (RANK, LOCAL_RANK, WORLD_SIZE, LOCAL_WORLD_SIZE, MASTER_ADDR, MASTER_PORT; Kubeflow sets no local ones),
    /// else those of a SLURM step that srun started with several tasks.
    /// </summary>
    /// <param name="environment">Reads a variable; null is the process's own environment.</param>
    /// <returns>
    /// Null where nothing says that there are several processes. One that is the only one is a group as well where torchrun's variables say
    /// where it meets others: it has what a launcher knows, such as that it was started again.
    /// </returns>
    /// <exception cref="BadInputException">A variable is missing, is no number, or contradicts another one; the message names it.</exception>
    public static RankEnvironment? Read(Func<string, string?>? environment = null)
    {
        RankVariables variables = new(environment ?? Environment.GetEnvironmentVariable);
        RankEnvironment? found = (TorchrunVariables.Read(variables) ?? SlurmVariables.Read(variables))?.Checked();
        return found is null ? null : found with { OwnProcessors = SlurmVariables.ProcessorsOfTask(variables, found) };
    }

    /// <summary>This process's part of the processors that it may use.</summary>
    /// <param name="processors">How many those are.</param>
    internal int ShareOf(int processors) =>
        Math.Max(1, OwnProcessors is { } own ? Math.Min(own, processors) : processors / LocalWorldSize);

    /// <summary>Which of a machine's GPUs this process takes.</summary>
    /// <param name="gpus">How many it sees.</param>
    /// <param name="visible">What CUDA_VISIBLE_DEVICES says, by which each process may have been shown its own alone.</param>
    /// <exception cref="BadInputException">There is none left for it.</exception>
    internal int GpuOf(int gpus, string? visible) =>
        LocalRank < gpus ? LocalRank
        : gpus == 1 && !string.IsNullOrWhiteSpace(visible) ? 0
        : throw new BadInputException(FormattableString.Invariant(
            $"{this} is number {LocalRank} on its machine, which has {gpus} GPU{(gpus == 1 ? "" : "s")}: each process needs one of its own. Start fewer, or train on the CPU (TrainerOptions.Device = ComputeDevice.Cpu)."));

    /// <summary>Who started the processes, such as "started by torchrun".</summary>
    internal string StartedBy => Source switch
    {
        TorchrunVariables.Launcher => "started by the launcher",
        TorchrunVariables.Torchrun or SlurmVariables.Source => "started by " + Source,
        _ => "named by " + Speaker,
    };

    // Kubeflow leaves no sign of itself: a user who sets the same four variables by hand has never heard of it.
    internal string Speaker => Source == TorchrunVariables.Kubeflow ? "the environment, as by Kubeflow" : Source;

    /// <summary>For example "rank 2 of 4 (torchrun)".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"rank {Rank} of {WorldSize} ({Speaker})");

    /// <summary>Refuses numbers that contradict each other.</summary>
    /// <exception cref="BadInputException">They do.</exception>
    internal RankEnvironment Checked()
    {
        Require(WorldSize >= 1, $"WORLD_SIZE is {WorldSize}; expected the number of processes, 1 or more");
        Require(Rank >= 0 && Rank < WorldSize, $"RANK is {Rank}, with a WORLD_SIZE of {WorldSize}; expected 0 to {WorldSize - 1}, another one in each process");
        Require(LocalWorldSize >= 1 && LocalWorldSize <= WorldSize,
            $"LOCAL_WORLD_SIZE is {LocalWorldSize}, with a WORLD_SIZE of {WorldSize}; expected the number of processes on this machine, 1 to {WorldSize}");
        Require(LocalRank >= 0 && LocalRank < LocalWorldSize,
            $"LOCAL_RANK is {LocalRank}, with a LOCAL_WORLD_SIZE of {LocalWorldSize}; expected 0 to {LocalWorldSize - 1}, another one in each process of a machine");
        Require(!string.IsNullOrWhiteSpace(MasterAddress), $"MASTER_ADDR is empty; expected the name or address of the machine of rank 0");
        Require(MasterPort is >= 1 and <= 65535, $"MASTER_PORT is {MasterPort}; expected a port, 1 to 65535, that is free on the machine of rank 0");
        return this;
    }

    private void Require(bool right, FormattableString wrong)
    {
        if (!right)
        {
            throw new BadInputException($"{Speaker}: {FormattableString.Invariant(wrong)}.");
        }
    }
}
