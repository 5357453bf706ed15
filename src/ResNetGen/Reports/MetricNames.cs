namespace ResNetGen.Reports;

/// <summary>
/// The names in <c>metrics.jsonl</c>, <c>summary.json</c> and TensorBoard's event files. Those that NVIDIA's
/// DeepLearningExamples have are theirs, with their meaning and units, so that a script for one reads the other; docs/reports.md
/// has the table.
/// </summary>
public static class MetricNames
{
    /// <summary>Which of the two kinds of lines it is: <see cref="Train"/> or <see cref="Eval"/>.</summary>
    public const string Kind = "kind";

    /// <summary>The kind of a reading while training.</summary>
    public const string Train = "train";

    /// <summary>The kind of an evaluation on the test set.</summary>
    public const string Eval = "eval";

    /// <summary>Iterations done.</summary>
    public const string Iteration = "iteration";

    /// <summary>Passes over the training set done, with a fraction.</summary>
    public const string Epoch = "epoch";

    /// <summary>Seconds of training so far, over all sessions of the run.</summary>
    public const string Elapsed = "elapsed";

    /// <summary>Mean loss since the last reading.</summary>
    public const string TrainLoss = "train.loss";

    /// <summary>Training error since the last reading, in percent (not among NVIDIA's).</summary>
    public const string TrainError = "train.error";

    /// <summary>The learning rate of the last step.</summary>
    public const string TrainRate = "train.lr";

    /// <summary>Pictures a second, waiting for data included.</summary>
    public const string TrainTotalSpeed = "train.total_ips";

    /// <summary>Pictures a second, waiting for data left out.</summary>
    public const string TrainComputeSpeed = "train.compute_ips";

    /// <summary>Seconds a step waits for its batch, mean since the last reading.</summary>
    public const string TrainDataTime = "train.data_time";

    /// <summary>Seconds a step computes, mean since the last reading.</summary>
    public const string TrainComputeTime = "train.compute_time";

    /// <summary>Mean cross-entropy on the test set.</summary>
    public const string TestLoss = "val.loss";

    /// <summary>Top-1 accuracy on the test set, in percent.</summary>
    public const string TestTop1 = "val.top1";

    /// <summary>Top-5 accuracy on the test set, in percent; not written with five classes or fewer.</summary>
    public const string TestTop5 = "val.top5";

    /// <summary>Top-1 error on the test set, in percent (not among NVIDIA's): 100 − <see cref="TestTop1"/>.</summary>
    public const string TestError = "val.error";

    /// <summary>Mean cross-entropy on the test set with averaged weights, where a recipe has both evaluated.</summary>
    public const string TestAveragedLoss = "val_ema.loss";

    /// <summary>Top-1 accuracy with averaged weights, in percent, likewise.</summary>
    public const string TestAveragedTop1 = "val_ema.top1";

    /// <summary>Top-1 error with averaged weights, in percent, likewise (not among NVIDIA's).</summary>
    public const string TestAveragedError = "val_ema.error";

    /// <summary>Pictures a second of the evaluation.</summary>
    public const string TestTotalSpeed = "val.total_ips";

    /// <summary>Bytes that the process holds in main memory.</summary>
    public const string ResidentMemory = "memory.resident";

    /// <summary>Bytes that tensors hold on the GPU; only on CUDA.</summary>
    public const string AllocatedMemory = "memory.allocated";

    /// <summary>Bytes that torch's allocator has taken from the GPU; only on CUDA.</summary>
    public const string ReservedMemory = "memory.reserved";

    /// <summary>
    /// Whether a value depends on the clock or the machine; everything else is a function of the settings alone, bit for bit.
    /// </summary>
    /// <param name="name">One of the names.</param>
    public static bool IsMeasured(string name) => name is Elapsed or TrainTotalSpeed or TrainComputeSpeed or TrainDataTime
        or TrainComputeTime or TestTotalSpeed or ResidentMemory or AllocatedMemory or ReservedMemory;
}
