using ResNetGen.Checkpoints;
using ResNetGen.Distributed;
using ResNetGen.Training;

namespace ResNetGen;

/// <summary>Everything about a run that is not the recipe: where, how precisely, what to keep, whom to tell.</summary>
public sealed record TrainerOptions
{
    /// <summary>Folder of the dataset; needed where <c>Fit</c> is not given an open one.</summary>
    public string? Data { get; init; }

    /// <summary>Folder for checkpoints, <c>metrics.jsonl</c>, <c>summary.json</c>, <c>run.json</c>, <c>network.txt</c> and TensorBoard's files.</summary>
    public required string Output { get; init; }

    /// <summary>Whether to go on from the newest good checkpoint in <see cref="Output"/>.</summary>
    public bool Resume { get; init; }

    /// <summary>Seed of the initial weights, the order of the pictures and their augmentation.</summary>
    public long Seed { get; init; }

    /// <summary>Where to train.</summary>
    public ComputeDevice Device { get; init; }

    /// <summary>The arithmetic.</summary>
    public Precision Precision { get; init; }

    /// <summary>At most this many iterations an epoch, for trying things out; null for all.</summary>
    public int? LimitBatches { get; init; }

    /// <summary>Iterations between two evaluations on the test set; null for one at the end of each epoch.</summary>
    public long? EvaluateEvery { get; init; }

    /// <summary>Iterations between two checkpoints; null for one at the end of each epoch.</summary>
    public long? CheckpointEvery { get; init; }

    /// <summary>Whether the metrics go to event files for TensorBoard too, in <c>tensorboard/</c> below <see cref="Output"/>.</summary>
    public bool TensorBoard { get; init; } = true;

    /// <summary>Which checkpoints are kept: the last two where nothing else is said.</summary>
    public CheckpointRetention Keep { get; init; } = new();

    /// <summary>Who is told how the run goes; of several ranks, rank 0 tells them.</summary>
    public IReadOnlyList<ITrainingObserver> Observers { get; init; } = [];

    /// <summary>
    /// Ends the run after the current step, with a checkpoint. While files of pictures are still measured for the normalisation there
    /// is nothing to keep: <c>Fit</c> ends with an <see cref="OperationCanceledException"/>.
    /// </summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>
    /// Which one of several processes this is, that train together and share each batch of <see cref="Recipe.BatchSize"/> pictures; null
    /// reads it from the environment (torchrun, SLURM, Kubeflow, <c>resnetgen launch</c>), and is one process where that says nothing.
    /// </summary>
    public RankEnvironment? Ranks { get; init; }

    /// <summary>
    /// Whether BatchNorm takes its statistics over the pictures of all ranks, forward and backward, as one process with the whole batch
    /// would; else each rank takes its own share's, and rank 0's running statistics are evaluated and saved. Without effect in a process
    /// by itself.
    /// </summary>
    public bool SynchronizedBatchNorm { get; init; }

    /// <summary>
    /// How long a rank waits for the others before it takes one for lost; null is five minutes. A process that ended is noticed at once;
    /// the time is for those that hang, and must be longer than the slowest disk can hold up a step.
    /// </summary>
    public TimeSpan? CommunicationTimeout { get; init; }
}
