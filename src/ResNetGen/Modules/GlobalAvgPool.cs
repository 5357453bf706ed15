using TorchSharp;
using TorchSharp.Modules;

namespace ResNetGen.Modules;

/// <summary>The mean of each channel, as a vector that a linear layer takes: children <c>pool</c> and <c>flatten</c>, without weights.</summary>
public sealed class GlobalAvgPool : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    /// <summary>Makes the module.</summary>
    public GlobalAvgPool()
        : base(nameof(GlobalAvgPool))
    {
        Pool = torch.nn.AdaptiveAvgPool2d(1);
        Flatten = torch.nn.Flatten();
        register_module("pool", Pool);
        register_module("flatten", Flatten);
    }

    /// <summary>Mean of each channel: [N, C, H, W] → [N, C, 1, 1].</summary>
    public AdaptiveAvgPool2d Pool { get; }

    /// <summary>[N, C, 1, 1] → [N, C].</summary>
    public Flatten Flatten { get; }

    /// <summary>The mean of each channel, [N, C].</summary>
    /// <param name="input">Feature maps [N, C, H, W]; they stay the caller's.</param>
    public override torch.Tensor forward(torch.Tensor input) => Flatten.Consume(Pool.call(input));

    /// <summary>Nothing is left to do: the constructor has registered every child by name.</summary>
    protected override void RegisterComponents()
    {
    }
}
