using ResNetGen.Data;
using ResNetGen.Evaluation;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Training;

/// <summary>Evaluates a network on a whole split: one pass, one crop, nothing left out.</summary>
internal sealed class Evaluator(PictureSource split, Normalization normalization, ComputePlan plan, int batchSize)
{
    /// <summary>The score; the network is back in training mode afterwards.</summary>
    /// <exception cref="OperationCanceledException">The evaluation was given up; nothing has changed.</exception>
    public Score Run(nn.Module<Tensor, Tensor> network, CancellationToken cancellation)
    {
        Device device = plan.TorchDevice;
        network.eval();
        try
        {
            using IDisposable guard = no_grad();
            ScoreSums sums = new(split.Classes);
            using BatchLoader loader = new(split, normalization, BatchLoaderOptions.ForEvaluation(batchSize) with
            {
                ChannelsLast = plan.ChannelsLast,
            });
            foreach (Batch batch in loader.Batches(cancellation))
            {
                using DisposeScope scope = NewDisposeScope();
                Tensor logits = TrainingStep.Forward(network, plan, batch.Images.to(device));
                sums.Add(logits.log_softmax(1, ScalarType.Float64), batch.Labels);
            }

            return sums.Read();
        }
        finally
        {
            network.train();
        }
    }
}
