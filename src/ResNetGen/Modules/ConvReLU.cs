using TorchSharp;
using TorchSharp.Modules;

namespace ResNetGen.Modules;

/// <summary>A convolution and ReLU, which works in place: child <c>conv</c>.</summary>
public sealed class ConvReLU : torch.nn.Module<torch.Tensor, torch.Tensor>
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
    public ConvReLU(
        long inChannels, long outChannels, long kernelSize, long stride = 1, long padding = 0, long dilation = 1, long groups = 1, bool bias = true)
        : base(nameof(ConvReLU))
    {
        Conv = torch.nn.Conv2d(
            inChannels, outChannels, kernelSize, stride: stride, padding: padding, dilation: dilation, groups: groups, bias: bias);

        register_module("conv", Conv);
    }

    /// <summary>The convolution.</summary>
    public Conv2d Conv { get; }

    /// <summary>The rectified output of the convolution, a new tensor.</summary>
    /// <param name="input">Feature maps [N, inChannels, H, W]; they stay the caller's.</param>
    public override torch.Tensor forward(torch.Tensor input) => Conv.Call(input).relu_();

    /// <summary>Nothing is left to do: the constructor has registered every child by name.</summary>
    protected override void RegisterComponents()
    {
    }
}
