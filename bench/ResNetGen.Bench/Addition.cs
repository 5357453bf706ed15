using static TorchSharp.torch;

namespace ResNetGen.Bench;

/// <summary>10,000 in-place additions on one element: the cost of a call.</summary>
internal sealed class Addition : Work
{
    private readonly Tensor _x = zeros(1);

    public override void Run()
    {
        for (int i = 0; i < 10_000; i++) _x.add_(1);
    }
}
