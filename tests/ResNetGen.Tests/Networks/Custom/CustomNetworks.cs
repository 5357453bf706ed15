using ResNetGen.Modules;
using TorchSharp.Modules;

namespace ResNetGen.Tests.Networks.Custom;

// Networks of one's own, small enough to run in milliseconds, that between them have every layer.

[Network(Height = 16, Width = 16, Classes = 10)]
public sealed partial class TinyNet
{
    [ConvBatchNormReLU(8)] public partial ConvBatchNormReLU Stem { get; }

    [Residual<Down>(Shortcut = Shortcut.B), Tap] public partial Residual<Down> Reduce { get; }

    [Residual<Body>(Repeat = 3), Tap] public partial ModuleList<Residual<Body>> Trunk { get; }

    [GlobalAvgPool] public partial GlobalAvgPool Pool { get; }

    [Linear(10)] public partial Linear Head { get; }

    [Branch]
    public sealed partial class Down
    {
        [ConvBatchNormReLU(16, Stride = 2)] public partial ConvBatchNormReLU A { get; }

        [ConvBatchNorm(16)] public partial ConvBatchNorm B { get; }
    }

    [Branch]
    public sealed partial class Body
    {
        [ConvBatchNormReLU(16)] public partial ConvBatchNormReLU A { get; }

        [ConvBatchNorm(16)] public partial ConvBatchNorm B { get; }
    }
}

/// <summary>Paths that part and meet: a sum, a stack, and an input that is read twice.</summary>
[Network(Height = 12, Width = 12)]
public sealed partial class TwoPath
{
    [ConvReLU(8)] public partial ConvReLU Stem { get; }

    [Conv(8, Kernel = 1, From = nameof(Stem))] public partial Conv2d Left { get; }

    [Conv(8, Kernel = 5, Groups = 4, From = nameof(Stem))] public partial Conv2d Right { get; }

    [Join(Merge.Add, From = [nameof(Left), nameof(Right), nameof(Stem)])] public partial Join Sum { get; }

    [ReLU] public partial ReLU Rectified { get; }

    [AvgPool(2, From = LayerAttribute.Input)] public partial AvgPool2d Small { get; }

    [MaxPool(3, Stride = 2, From = nameof(Rectified)), Tap] public partial MaxPool2d Halved { get; }

    [Join(Merge.Concat, From = [nameof(Halved), nameof(Small)]), Tap] public partial Join Stack { get; }

    [Flatten] public partial Flatten Vector { get; }

    [Linear(5)] public partial Linear Head { get; }
}

/// <summary>Pre-activation units, activations that keep their input, and zero padding on a shortcut.</summary>
[Network(Channels = 1, Height = 16, Width = 16)]
public sealed partial class PreActivated
{
    [Conv(8)] public partial Conv2d Stem { get; }

    [Residual<Unit>(ReLU = false, Repeat = 2)] public partial ModuleList<Residual<Unit>> First { get; }

    [Residual<Wide>(ReLU = false, Shortcut = Shortcut.A)] public partial Residual<Wide> Second { get; }

    [BatchNormReLU] public partial BatchNormReLU Last { get; }

    [Conv(12, Kernel = 3, Dilation = 2)] public partial Conv2d Dilated { get; }

    [GELU] public partial GELU Gelu { get; }

    [Conv(12)] public partial Conv2d Plain { get; }

    [SiLU] public partial SiLU Silu { get; }

    [ConvBatchNorm(12)] public partial ConvBatchNorm Normed { get; }

    [LeakyReLU(NegativeSlope = 0.1)] public partial LeakyReLU Leaky { get; }

    [Conv(6)] public partial Conv2d Unnormed { get; }

    [BatchNorm] public partial BatchNorm2d Norm { get; }

    [Sigmoid] public partial Sigmoid Squashed { get; }

    [GlobalAvgPool] public partial GlobalAvgPool Pool { get; }

    [Dropout(0.5)] public partial Dropout Dropped { get; }

    [Linear(4)] public partial Linear Head { get; }

    [Branch]
    public sealed partial class Unit
    {
        [BatchNormReLUConv(8)] public partial BatchNormReLUConv A { get; }

        [Residual<Inner>] public partial Residual<Inner> B { get; }

        // A branch in a branch, whose output its own ReLU keeps.
        [Branch]
        public sealed partial class Inner
        {
            [ConvBatchNormReLU(8)] public partial ConvBatchNormReLU A { get; }
        }
    }

    [Branch]
    public sealed partial class Wide
    {
        [BatchNormReLUConv(12, Stride = 2)] public partial BatchNormReLUConv A { get; }

        [BatchNormReLUConv(12)] public partial BatchNormReLUConv B { get; }
    }
}

/// <summary>A family's network up to a stage.</summary>
[Network(Height = 32, Width = 32)]
public sealed partial class OnAStage
{
    [Use<BasicC>(Until = nameof(BasicC.Layer1))] public partial TrunkBackbone Trunk { get; }

    [GlobalAvgPool] public partial GlobalAvgPool Pool { get; }

    [Linear(7)] public partial Linear Embedding { get; }
}

/// <summary>A network of one's own up to a tap, branches and all, on another number of channels.</summary>
[Network(Channels = 4, Height = 16, Width = 16)]
public sealed partial class OnATap
{
    [Use<TinyNet>(Until = "trunk")] public partial TrunkBackbone Trunk { get; }

    [Use<TwoPath>(Until = nameof(TwoPath.Halved))] public partial RestBackbone Rest { get; }

    [GlobalAvgPool] public partial GlobalAvgPool Pool { get; }
}
