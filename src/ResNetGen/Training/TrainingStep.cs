using ResNetGen.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Training;

/// <summary>
/// One step: forward, loss, backward, update. On the CPU everything is done when it returns. On CUDA the batch is
/// copied from pageable memory, which waits for the steps before; the step itself is only queued, and nothing reads it back.
/// </summary>
internal sealed class TrainingStep(nn.Module<Tensor, Tensor> network, ParameterOptimizer optimizer, ComputePlan plan, Recipe recipe)
{
    private readonly Device _device = plan.TorchDevice;

    /// <summary>Learns from one batch.</summary>
    /// <param name="batch">The batch; it may be disposed afterwards.</param>
    /// <param name="rate">The learning rate of this step.</param>
    /// <param name="metrics">Gets loss and errors.</param>
    public void Run(Batch batch, double rate, RunningMetrics metrics)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor images = batch.Images.to(_device);
        Tensor labels = batch.Labels.to(_device);
        Tensor logits = Forward(network, plan, images);
        Tensor loss = nn.functional.cross_entropy(logits, labels, label_smoothing: recipe.LabelSmoothing);
        loss.backward();
        optimizer.Step(rate);

        // Gradients are freed, not zeroed: the next forward pass has their memory, and nothing has to be filled.
        network.zero_grad(set_to_none: true);
        metrics.Add(loss, logits, labels);
    }

    /// <summary>The network's logits in fp32, [N, classes]; autocast ends with the forward pass.</summary>
    public static Tensor Forward(nn.Module<Tensor, Tensor> network, ComputePlan plan, Tensor images)
    {
        Tensor output;
        using (plan.EnableAutocast())
        {
            output = network.call(images);
        }

        return output.dtype == ScalarType.Float32 ? output : output.to(ScalarType.Float32);
    }
}
