using ResNetGen;
using ResNetGen.Modules;
using TorchSharp.Modules;
using static ResNetGen.Shortcut;

namespace ResNetGen.Samples;

/// <summary>A residual network of one's own: a layer a property, in the order in which they run.</summary>
[Network(Height = 32, Width = 32, Classes = 10)]
public sealed partial class TinyNet
{
    [ConvBatchNormReLU(16)] public partial ConvBatchNormReLU Stem { get; }

    [Residual<Down>(Shortcut = B)] public partial Residual<Down> Reduce { get; }

    [Residual<Body>(Repeat = 3), Tap] public partial ModuleList<Residual<Body>> Trunk { get; }

    [GlobalAvgPool] public partial GlobalAvgPool Pool { get; }

    [Linear(10)] public partial Linear Head { get; }

    /// <summary>Twice as wide, half as large. Only output channels are written: 16 come in, because the stem gives 16.</summary>
    [Branch]
    public sealed partial class Down
    {
        [ConvBatchNormReLU(32, Stride = 2)] public partial ConvBatchNormReLU A { get; }

        [ConvBatchNorm(32)] public partial ConvBatchNorm B { get; }
    }

    /// <summary>Keeps the shape, so it can be repeated.</summary>
    [Branch]
    public sealed partial class Body
    {
        [ConvBatchNormReLU(32)] public partial ConvBatchNormReLU A { get; }

        [ConvBatchNorm(32)] public partial ConvBatchNorm B { get; }
    }
}

/// <summary>Two paths that part after the backbone and meet again: <c>From</c> says who takes whose output.</summary>
[Network(Height = 32, Width = 32, Classes = 10)]
public sealed partial class TwoPaths
{
    /// <summary>The first two stages of a network of the paper.</summary>
    [Use<ResNet20>(Until = nameof(ResNet20.Layer2))] public partial TrunkBackbone Trunk { get; }

    [ConvReLU(32, Kernel = 1)] public partial ConvReLU Near { get; }

    [ConvReLU(32, Kernel = 3, Dilation = 2, From = nameof(Trunk))] public partial ConvReLU Far { get; }

    [Join(Merge.Concat, From = [nameof(Near), nameof(Far)])] public partial Join Both { get; }

    [GlobalAvgPool] public partial GlobalAvgPool Pool { get; }

    [Linear(10)] public partial Linear Head { get; }
}

/// <summary>The 20 layers of He et al. 2015, section 4.2.</summary>
[CifarResNet(Depth = 20)]
public sealed partial class ResNet20;
