using ResNetGen.Modules;
using TorchSharp.Modules;

namespace ResNetGen.Tests.Costs;

// Networks of one's own that between them hold every layer in the places where what autograd keeps differs.

/// <summary>Activations that may and may not work in place: after a normalisation, after a convolution that nobody holds, on a branching map.</summary>
[Network(Height = 32, Width = 32)]
public sealed partial class Activations
{
    [Conv(8)] public partial Conv2d First { get; }

    [LeakyReLU(NegativeSlope = 0.1)] public partial LeakyReLU OnAConvolution { get; }

    [Conv(8)] public partial Conv2d Second { get; }

    [BatchNorm] public partial BatchNorm2d Norm { get; }

    [ReLU] public partial ReLU OnANorm { get; }

    [LeakyReLU] public partial LeakyReLU OnAReLU { get; }

    [GELU] public partial GELU Smooth { get; }

    [SiLU] public partial SiLU Swish { get; }

    [Sigmoid] public partial Sigmoid Squashed { get; }

    [ReLU] public partial ReLU OnASigmoid { get; }

    [Conv(8, Kernel = 1, Bias = true)] public partial Conv2d Third { get; }

    [GELU] public partial GELU OnAnotherConvolution { get; }

    [ReLU] public partial ReLU OnAGELU { get; }

    [GlobalAvgPool] public partial GlobalAvgPool Mean { get; }

    [Linear(16)] public partial Linear Hidden { get; }

    [ReLU] public partial ReLU OnALinear { get; }

    [Dropout(0.5)] public partial Dropout Drop { get; }

    [Linear(7)] public partial Linear Head { get; }
}

/// <summary>Poolings, dilation, groups, and a head on a flattened map.</summary>
[Network(Height = 33, Width = 29)]
public sealed partial class Pools
{
    [ConvReLU(16, Kernel = 5, Stride = 2)] public partial ConvReLU Stem { get; }

    [AvgPool(2)] public partial AvgPool2d Mean { get; }

    [Conv(32, Dilation = 2, Groups = 4)] public partial Conv2d Wide { get; }

    [AvgPool(3, Stride = 1)] public partial AvgPool2d Smooth { get; }

    [MaxPool(2)] public partial MaxPool2d Largest { get; }

    [ReLU] public partial ReLU Activation { get; }

    [Flatten] public partial Flatten Vector { get; }

    [Dropout(0.25)] public partial Dropout Drop { get; }

    [Linear(10)] public partial Linear Head { get; }
}

/// <summary>Layers whose outputs several others take, sums and stacks.</summary>
[Network(Height = 24, Width = 24)]
public sealed partial class Meeting
{
    [ConvBatchNormReLU(16)] public partial ConvBatchNormReLU Stem { get; }

    [ConvBatchNorm(16)] public partial ConvBatchNorm Left { get; }

    [ConvBatchNorm(16, From = nameof(Stem))] public partial ConvBatchNorm Right { get; }

    [Join(Merge.Add, From = [nameof(Left), nameof(Right), nameof(Stem)])] public partial Join Sum { get; }

    [ReLU] public partial ReLU OnTheSum { get; }

    [ReLU(From = nameof(Left))] public partial ReLU OnTheLeft { get; }

    [Join(Merge.Concat, From = [nameof(OnTheSum), nameof(OnTheLeft), nameof(Right)])] public partial Join Stack { get; }

    [BatchNormReLUConv(32, Stride = 2)] public partial BatchNormReLUConv Down { get; }

    [MaxPool(3, Stride = 2)] public partial MaxPool2d Pool { get; }

    [ReLU] public partial ReLU OnAPool { get; }

    [GlobalAvgPool] public partial GlobalAvgPool Mean { get; }

    [Linear(5)] public partial Linear Head { get; }
}

/// <summary>A mean over a map that no other layer keeps.</summary>
[Network(Height = 16, Width = 16)]
public sealed partial class MeanOfANorm
{
    [ConvBatchNorm(8)] public partial ConvBatchNorm Stem { get; }

    [GlobalAvgPool] public partial GlobalAvgPool Mean { get; }

    [Linear(4)] public partial Linear Head { get; }
}

/// <summary>Residuals of each shortcut, with and without ReLU, repeated, in each other, and on branches that end with each kind of layer.</summary>
[Network(Height = 32, Width = 32)]
public sealed partial class Sums
{
    [ConvBatchNormReLU(16)] public partial ConvBatchNormReLU Stem { get; }

    [Residual<Outer>(Shortcut = Shortcut.B)] public partial Residual<Outer> Projected { get; }

    [Residual<Keep>(Repeat = 3)] public partial ModuleList<Residual<Keep>> Deep { get; }

    [Residual<Wider>(Shortcut = Shortcut.A)] public partial Residual<Wider> Padded { get; }

    [Residual<PreActivated>(Repeat = 2, ReLU = false)] public partial ModuleList<Residual<PreActivated>> Raw { get; }

    [Residual<Rectified>(Shortcut = Shortcut.C, ReLU = false)] public partial Residual<Rectified> OnAReLU { get; }

    [Residual<Dropped>] public partial Residual<Dropped> OnADropout { get; }

    [GlobalAvgPool] public partial GlobalAvgPool Mean { get; }

    [Linear(10)] public partial Linear Head { get; }

    [Branch]
    public sealed partial class Outer
    {
        [ConvBatchNormReLU(24, Stride = 2)] public partial ConvBatchNormReLU A { get; }

        [Residual<Keep>] public partial Residual<Keep> Inner { get; }

        [ConvBatchNorm(24)] public partial ConvBatchNorm B { get; }
    }

    [Branch]
    public sealed partial class Keep
    {
        [ConvBatchNormReLU(24)] public partial ConvBatchNormReLU A { get; }

        [ConvBatchNorm(24)] public partial ConvBatchNorm B { get; }
    }

    [Branch]
    public sealed partial class Wider
    {
        [ConvBatchNormReLU(48, Stride = 2)] public partial ConvBatchNormReLU A { get; }

        [ConvBatchNorm(48)] public partial ConvBatchNorm B { get; }
    }

    [Branch]
    public sealed partial class PreActivated
    {
        [BatchNormReLUConv(12, Kernel = 1)] public partial BatchNormReLUConv A { get; }

        [BatchNormReLUConv(48)] public partial BatchNormReLUConv B { get; }
    }

    [Branch]
    public sealed partial class Rectified
    {
        [ConvReLU(48)] public partial ConvReLU A { get; }
    }

    [Branch]
    public sealed partial class Dropped
    {
        [ConvBatchNorm(48)] public partial ConvBatchNorm A { get; }

        [Dropout(0.5)] public partial Dropout B { get; }
    }
}
