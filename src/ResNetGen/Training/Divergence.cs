using System.Globalization;
using ResNetGen.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Training;

/// <summary>What is said, and checked, when training runs away.</summary>
internal static class Divergence
{
    /// <summary>The exception for a run that has diverged between two iterations.</summary>
    public static TrainingDivergedException Of(string what, long from, long to, double rate, string? checkpoint) =>
        new(string.Create(CultureInfo.InvariantCulture,
            $"Training has diverged: {what} {(from < to ? $"between iterations {from + 1:N0} and {to:N0}" : $"after iteration {to:N0}")} (learning rate {rate:G3}). ")
            + (checkpoint is null
                ? "No checkpoint was written. "
                : $"The last checkpoint, {checkpoint}, is from before and untouched. ")
            + "Try a lower learning rate, a longer warm-up, or TrainerOptions.Precision = Precision.Fp32.");

    /// <summary>Refuses to put weights on disk that are not finite: the loss shows them only one step later.</summary>
    /// <exception cref="TrainingDivergedException">A weight or a running statistic is not finite.</exception>
    public static void RequireFinite(nn.Module network, long iteration, CheckpointFolder checkpoints)
    {
        using IDisposable guard = no_grad();
        using DisposeScope scope = NewDisposeScope();
        foreach ((string name, Tensor tensor) in network.state_dict())
        {
            if (tensor.dtype is ScalarType.Float32 or ScalarType.Float64 && !tensor.isfinite().all().item<bool>())
            {
                throw new TrainingDivergedException(string.Create(CultureInfo.InvariantCulture,
                    $"Training has diverged: {name} holds values that are not finite after iteration {iteration:N0}. ")
                    + (checkpoints.Files is [var last, ..] ? $"The last checkpoint, {last}, is untouched. " : "No checkpoint was written. ")
                    + "Try a lower learning rate, a longer warm-up, or TrainerOptions.Precision = Precision.Fp32.");
            }
        }
    }
}
