using ResNetGen.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Training;

/// <summary>Evaluates a network on a whole split: one pass, one crop, nothing left out.</summary>
internal sealed class Evaluator(ImageSplit split, Normalization normalization, ComputePlan plan, int batchSize)
{
    /// <summary>Mean cross-entropy and pictures classified rightly; the network is back in training mode afterwards.</summary>
    /// <exception cref="OperationCanceledException">The evaluation was given up; nothing has changed.</exception>
    public (double Loss, long Correct) Run(nn.Module<Tensor, Tensor> network, CancellationToken cancellation)
    {
        Device device = plan.TorchDevice;
        network.eval();
        try
        {
            using IDisposable guard = no_grad();
            using RunningMetrics sums = new(device);
            using BatchLoader loader = new(split, normalization, BatchLoaderOptions.ForEvaluation(batchSize) with
            {
                ChannelsLast = plan.ChannelsLast,
            });
            foreach (Batch batch in loader.Batches(cancellation))
            {
                using DisposeScope scope = NewDisposeScope();
                Tensor images = batch.Images.to(device);
                Tensor labels = batch.Labels.to(device);
                Tensor logits = TrainingStep.Forward(network, plan, images);
                sums.Add(nn.functional.cross_entropy(logits, labels), logits, labels);
            }

            (double loss, long wrong) = sums.Read();
            return (loss / split.Count, split.Count - wrong);
        }
        finally
        {
            network.train();
        }
    }
}
