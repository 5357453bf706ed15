using ResNetGen.Evaluation;
using static TorchSharp.torch;

namespace ResNetGen.Bench;

/// <summary>Logits of one batch in evaluation mode.</summary>
internal sealed class InferenceWork(NetworkCase network, string folder, Precision precision) : NetworkWork(network, folder, precision)
{
    private Inference _inference = null!;

    public override void Run() => Logits().Dispose();

    protected override void Prepare()
    {
        Network.eval();
        _inference = Inference.Of(Plan);
    }

    protected override object Check()
    {
        using Tensor logits = Logits();
        using Tensor flat = logits.flatten().contiguous();
        return new { values = flat.data<float>().ToArray()[..(int)Math.Min(CheckedOutputs, flat.numel())], output = logits.shape };
    }

    private Tensor Logits()
    {
        using IDisposable evaluation = no_grad();
        return _inference.Run(Network, Images);
    }
}
