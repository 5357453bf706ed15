using TorchSharp;
using TorchSharp.Modules;

namespace ResNetGen.Modules;

/// <summary>A convolution, its batch normalisation and ReLU, the latter two in one operation: children <c>conv</c> and <c>bn</c>.</summary>
public sealed class ConvBatchNormReLU : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    /// <summary>Makes the module with fresh weights: [N, inChannels, H, W] → [N, outChannels, H', W'].</summary>
    /// <param name="inChannels">Channels that come in.</param>
    /// <param name="outChannels">Channels that go out.</param>
    /// <param name="kernelSize">Side of the kernel in pixels.</param>
    /// <param name="stride">Stride in pixels.</param>
    /// <param name="padding">Pixels of zeros on each side.</param>
    /// <param name="dilation">Distance in pixels between the taps of the kernel.</param>
    /// <param name="groups">Groups of channels that do not see each other.</param>
    /// <param name="bias">Whether the convolution adds a bias a channel.</param>
    public ConvBatchNormReLU(
        long inChannels, long outChannels, long kernelSize, long stride = 1, long padding = 0, long dilation = 1, long groups = 1, bool bias = false)
        : base(nameof(ConvBatchNormReLU))
    {
        Conv = torch.nn.Conv2d(
            inChannels, outChannels, kernelSize, stride: stride, padding: padding, dilation: dilation, groups: groups, bias: bias);
        Bn = torch.nn.BatchNorm2d(outChannels);

        register_module("conv", Conv);
        register_module("bn", Bn);
    }

    /// <summary>The convolution.</summary>
    public Conv2d Conv { get; }

    /// <summary>Batch normalisation of what <see cref="Conv"/> gives.</summary>
    public BatchNorm2d Bn { get; }

    /// <summary>The rectified, normalised output of the convolution, a new tensor.</summary>
    /// <param name="input">Feature maps [N, inChannels, H, W]; they stay the caller's.</param>
    public override torch.Tensor forward(torch.Tensor input) => Bn.ConsumeReLU(Conv.Call(input));

    /// <summary>Nothing is left to do: the constructor has registered every child by name.</summary>
    protected override void RegisterComponents()
    {
    }
}
