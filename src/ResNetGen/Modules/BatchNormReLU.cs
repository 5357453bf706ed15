using TorchSharp;
using TorchSharp.Modules;

namespace ResNetGen.Modules;

/// <summary>Batch normalisation and ReLU in one operation: child <c>bn</c>.</summary>
public sealed class BatchNormReLU : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    /// <summary>Makes the module with scale 1 and offset 0.</summary>
    /// <param name="channels">Channels of the feature maps.</param>
    public BatchNormReLU(long channels)
        : base(nameof(BatchNormReLU))
    {
        Bn = torch.nn.BatchNorm2d(channels);
        register_module("bn", Bn);
    }

    /// <summary>Batch normalisation of the input.</summary>
    public BatchNorm2d Bn { get; }

    /// <summary>The normalised and rectified input, a new tensor.</summary>
    /// <param name="input">Feature maps [N, channels, H, W]; they stay the caller's.</param>
    public override torch.Tensor forward(torch.Tensor input) => Bn.CallReLU(input);

    /// <summary>Nothing is left to do: the constructor has registered every child by name.</summary>
    protected override void RegisterComponents()
    {
    }
}
