using TorchSharp;
using TorchSharp.Modules;

namespace ResNetGen.Modules;

/// <summary>Batch normalisation, ReLU and a convolution, the order of pre-activation units (He et al. 2016, figure 4e): children <c>bn</c> and <c>conv</c>.</summary>
public sealed class BatchNormReLUConv : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly bool _recomputes;

    /// <summary>Makes the module with fresh weights: [N, inChannels, H, W] → [N, outChannels, H', W'].</summary>
    /// <param name="inChannels">Channels that come in.</param>
    /// <param name="outChannels">Channels that go out.</param>
    /// <param name="kernelSize">Side of the kernel in pixels.</param>
    /// <param name="stride">Stride in pixels.</param>
    /// <param name="padding">Pixels of zeros on each side.</param>
    /// <param name="dilation">Distance in pixels between the taps of the kernel.</param>
    /// <param name="groups">Groups of channels that do not see each other.</param>
    /// <param name="bias">Whether the convolution adds a bias a channel.</param>
    /// <param name="recompute">
    /// Whether training keeps the input only and rectifies it again in the backward pass (<see cref="Recompute.Normalisation"/>).
    /// </param>
    public BatchNormReLUConv(
        long inChannels, long outChannels, long kernelSize, long stride = 1, long padding = 0, long dilation = 1, long groups = 1, bool bias = false,
        bool recompute = false)
        : base(nameof(BatchNormReLUConv))
    {
        _recomputes = recompute;
        Bn = torch.nn.BatchNorm2d(inChannels);
        Conv = torch.nn.Conv2d(
            inChannels, outChannels, kernelSize, stride: stride, padding: padding, dilation: dilation, groups: groups, bias: bias);

        register_module("bn", Bn);
        register_module("conv", Conv);
    }

    /// <summary>Batch normalisation of the input.</summary>
    public BatchNorm2d Bn { get; }

    /// <summary>The convolution.</summary>
    public Conv2d Conv { get; }

    /// <summary>The convolution of the normalised and rectified input, a new tensor.</summary>
    /// <param name="input">Feature maps [N, inChannels, H, W]; they stay the caller's.</param>
    public override torch.Tensor forward(torch.Tensor input) =>
        _recomputes ? Bn.CallReLUConv(input, Conv) : Conv.Consume(Bn.CallReLU(input));

    /// <summary>Nothing is left to do: the constructor has registered every child by name.</summary>
    protected override void RegisterComponents()
    {
    }
}
