using System.Globalization;
using ResNetGen.Checkpoints;
using ResNetGen.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Training;

/// <summary>What is said, and checked, when training runs away.</summary>
internal static class Divergence
{
    private const string Advice = "Try a lower learning rate, a longer warm-up, or TrainerOptions.Precision = Precision.Fp32.";

    /// <summary>The exception for a step that was given up.</summary>
    /// <param name="found">What was not finite, and where.</param>
    /// <param name="iteration">The step, from 1.</param>
    /// <param name="rate">Its learning rate.</param>
    /// <param name="checkpoint">The last checkpoint, or null.</param>
    public static TrainingDivergedException Of(NotFiniteException found, long iteration, double rate, string? checkpoint) =>
        new(string.Create(CultureInfo.InvariantCulture,
            $"Training has diverged: {found.What} in iteration {iteration:N0} (learning rate {rate:G3}), before its update. ")
            + $"{found.Where} {Standing(checkpoint)} {Advice}")
        {
            Layer = found.Layer,
        };

    /// <summary>The exception for weights whose evaluation gives no number.</summary>
    public static TrainingDivergedException OfEvaluation(double loss, long iteration, string? checkpoint) =>
        new(string.Create(CultureInfo.InvariantCulture,
            $"Training has diverged: the test loss is {(double.IsNaN(loss) ? "not a number" : "infinite")} after iteration {iteration:N0}. {Standing(checkpoint)} {Advice}"));

    /// <summary>Refuses to put weights on disk that are not finite: an update can overflow though its gradient is finite.</summary>
    /// <exception cref="TrainingDivergedException">A weight or a running statistic is not finite.</exception>
    public static void RequireFinite(nn.Module network, long iteration, CheckpointFolder checkpoints)
    {
        List<KeyValuePair<string, Tensor>> state = [.. network.state_dict()];
        int first = Finite.FirstNotFinite([.. state.Select(static pair => pair.Value)]);
        if (first >= 0)
        {
            string name = state[first].Key;
            throw new TrainingDivergedException(string.Create(CultureInfo.InvariantCulture,
                $"Training has diverged: {name} holds values that are not finite after iteration {iteration:N0} ({LayerWalk.Count(state[first].Value)}). ")
                + $"{Standing(checkpoints.Files.FirstOrDefault())} {Advice}")
            {
                Layer = name.LastIndexOf('.') is > 0 and var dot ? name[..dot] : null,
            };
        }
    }

    private static string Standing(string? checkpoint) => checkpoint is null
        ? "No checkpoint was written."
        : $"The last checkpoint, {checkpoint}, is from before and untouched.";
}
