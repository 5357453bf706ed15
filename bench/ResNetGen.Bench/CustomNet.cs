using ResNetGen.Modules;
using TorchSharp.Modules;
using static ResNetGen.Shortcut;

namespace ResNetGen.Bench;

/// <summary>A network of one's own, which bench/pytorch/custom.py has by hand: residual blocks, two paths that part and meet again.</summary>
[Network(Height = 64, Width = 64, Classes = 100)]
public sealed partial class CustomNet
{
    [ConvBatchNormReLU(32)] public partial ConvBatchNormReLU Stem { get; }

    [Residual<Down64>(Shortcut = B)] public partial Residual<Down64> Reduce { get; }

    [Residual<Body64>(Repeat = 2)] public partial ModuleList<Residual<Body64>> Trunk { get; }

    [Residual<Down128>(Shortcut = B)] public partial Residual<Down128> Narrow { get; }

    [ConvReLU(128, Kernel = 1)] public partial ConvReLU Near { get; }

    [ConvReLU(128, Kernel = 3, Dilation = 2, From = nameof(Narrow))] public partial ConvReLU Far { get; }

    [Join(Merge.Concat, From = [nameof(Near), nameof(Far)])] public partial Join Both { get; }

    [GlobalAvgPool] public partial GlobalAvgPool Pool { get; }

    [Linear(100)] public partial Linear Head { get; }

    [Branch]
    public sealed partial class Down64
    {
        [ConvBatchNormReLU(64, Stride = 2)] public partial ConvBatchNormReLU A { get; }

        [ConvBatchNorm(64)] public partial ConvBatchNorm B { get; }
    }

    [Branch]
    public sealed partial class Body64
    {
        [ConvBatchNormReLU(64)] public partial ConvBatchNormReLU A { get; }

        [ConvBatchNorm(64)] public partial ConvBatchNorm B { get; }
    }

    [Branch]
    public sealed partial class Down128
    {
        [ConvBatchNormReLU(128, Stride = 2)] public partial ConvBatchNormReLU A { get; }

        [ConvBatchNorm(128)] public partial ConvBatchNorm B { get; }
    }
}
