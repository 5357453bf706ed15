using ResNetGen.Evaluation;
using static TorchSharp.torch;

namespace ResNetGen.Bench;

/// <summary>Logits of one batch: by a plan made for it, or by the network's own forward pass in evaluation mode.</summary>
internal sealed class InferenceWork(NetworkCase network, string folder, Precision precision, bool isPlanned) : NetworkWork(network, folder, precision)
{
    private readonly Precision _precision = precision;
    private Inference _inference = null!;
    private InferencePlan? _plan;

    // As images come: rows of pixels, channel by channel.
    private Tensor _planes = zeros(0).DetachFromDisposeScope();

    public override void Run() => Logits().Dispose();

    protected override void Prepare()
    {
        Network.eval();
        _inference = Inference.Of(Plan);
    }

    protected override object Opened(bool reset)
    {
        if (!isPlanned)
            return base.Opened(reset);
        _plan?.Dispose();
        _planes.Dispose();
        _planes = Images.contiguous().DetachFromDisposeScope();
        _plan = Network.PrepareInference(Architecture, new InferenceOptions { BatchSize = (int)Images.size(0), Precision = _precision });
        return new { reset, plan = _plan.Description };
    }

    protected override object Check()
    {
        using Tensor logits = Logits();
        using Tensor flat = logits.flatten().contiguous();
        return new { values = flat.data<float>().ToArray()[..(int)Math.Min(CheckedOutputs, flat.numel())], output = logits.shape };
    }

    private Tensor Logits()
    {
        if (_plan is not null)
            return _plan.Run(_planes);
        using IDisposable evaluation = no_grad();
        return _inference.Run(Network, Images);
    }
}
