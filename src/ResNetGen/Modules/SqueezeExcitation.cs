using TorchSharp;
using TorchSharp.Modules;

namespace ResNetGen.Modules;

/// <summary>
/// Scales each channel by a factor between 0 and 1 that two 1×1 convolutions make of all channels' means: a squeeze with
/// ReLU, an excitation with a sigmoid (Hu et al. 2018, section 3). Children <c>fc1</c> and <c>fc2</c>, as in timm.
/// </summary>
public sealed class SqueezeExcitation : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    /// <summary>Makes the module with fresh weights.</summary>
    /// <param name="channels">Channels that come in and go out.</param>
    /// <param name="squeezed">Channels between the two convolutions.</param>
    public SqueezeExcitation(long channels, long squeezed)
        : base(nameof(SqueezeExcitation))
    {
        Fc1 = torch.nn.Conv2d(channels, squeezed, kernel_size: 1);
        Fc2 = torch.nn.Conv2d(squeezed, channels, kernel_size: 1);
        register_module("fc1", Fc1);
        register_module("fc2", Fc2);

        // Every channel starts with about the same factor.
        torch.nn.init.zeros_(Fc1.bias!);
        torch.nn.init.zeros_(Fc2.bias!);
    }

    /// <summary>The squeeze: 1×1 convolution with bias, channels → squeezed.</summary>
    public Conv2d Fc1 { get; }

    /// <summary>The excitation: 1×1 convolution with bias, squeezed → channels.</summary>
    public Conv2d Fc2 { get; }

    /// <summary>The scaled maps, a new tensor.</summary>
    /// <param name="input">Feature maps [N, channels, H, W]; they stay the caller's.</param>
    public override torch.Tensor forward(torch.Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        using torch.Tensor squeezed = Fc1.Consume(torch.nn.functional.adaptive_avg_pool2d(input, 1)).relu_();
        using torch.Tensor excited = Fc2.Call(squeezed).sigmoid_();
        return input.mul(excited);
    }

    /// <summary>Nothing is left to do: the constructor has registered every child by name.</summary>
    protected override void RegisterComponents()
    {
    }
}
