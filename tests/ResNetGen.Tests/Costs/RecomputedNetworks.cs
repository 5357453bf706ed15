using ResNetGen.Modules;
using TorchSharp.Modules;

namespace ResNetGen.Tests.Costs;

// Each network beside its twin that keeps everything.

[CifarResNet(Depth = 14, Recompute = Recompute.Block)]
public sealed partial class BlockwiseA;

[CifarResNet(Depth = 14)]
public sealed partial class KeepingA;

[CifarResNet(Depth = 20, Block = Block.Bottleneck, Unit = Unit.FullPreActivation, Shortcut = Shortcut.B, Recompute = Recompute.Block), DropPath(0.5), SqueezeExcitation(4)]
public sealed partial class BlockwiseDropped;

[CifarResNet(Depth = 20, Block = Block.Bottleneck, Unit = Unit.FullPreActivation, Shortcut = Shortcut.B), DropPath(0.5), SqueezeExcitation(4)]
public sealed partial class KeepingDropped;

[CifarResNet(Depth = 14, Skip = Skip.Dropout, Shortcut = Shortcut.C, Recompute = Recompute.Block)]
public sealed partial class BlockwiseSkip;

[CifarResNet(Depth = 14, Skip = Skip.Dropout, Shortcut = Shortcut.C)]
public sealed partial class KeepingSkip;

[CifarResNet(Depth = 14, Recompute = Recompute.Normalisation)]
public sealed partial class NormwiseA;

[CifarResNet(Depth = 20, Block = Block.Bottleneck, Unit = Unit.FullPreActivation, Shortcut = Shortcut.B, Recompute = Recompute.Normalisation), DropPath(0.5), SqueezeExcitation(4)]
public sealed partial class NormwiseDropped;

[Vgg(Depth = 11, BatchNorm = true, Height = 32, Width = 32, Classes = 0, Recompute = Recompute.Normalisation)]
public sealed partial class NormwiseVgg;

[Vgg(Depth = 11, BatchNorm = true, Height = 32, Width = 32, Classes = 0)]
public sealed partial class KeepingVgg;

[Network(Height = 16, Width = 16, Recompute = Recompute.Block)]
public sealed partial class BlockwiseOwn
{
    [ConvBatchNormReLU(8)] public partial ConvBatchNormReLU Stem { get; }

    [Residual<Down>(Shortcut = Shortcut.B)] public partial Residual<Down> First { get; }

    [Residual<Same>(Repeat = 2)] public partial ModuleList<Residual<Same>> Rest { get; }

    [GlobalAvgPool] public partial GlobalAvgPool Pool { get; }

    [Linear(5)] public partial Linear Head { get; }

    [Branch]
    public sealed partial class Down
    {
        [BatchNormReLUConv(16, Stride = 2)] public partial BatchNormReLUConv A { get; }

        [ConvBatchNorm(16)] public partial ConvBatchNorm B { get; }
    }

    [Branch]
    public sealed partial class Same
    {
        [ConvBatchNormReLU(16)] public partial ConvBatchNormReLU A { get; }

        [Dropout(0.5)] public partial Dropout Drop { get; }

        [Conv(16)] public partial Conv2d B { get; }
    }
}

[Network(Height = 16, Width = 16)]
public sealed partial class KeepingOwn
{
    [ConvBatchNormReLU(8)] public partial ConvBatchNormReLU Stem { get; }

    [Residual<Down>(Shortcut = Shortcut.B)] public partial Residual<Down> First { get; }

    [Residual<Same>(Repeat = 2)] public partial ModuleList<Residual<Same>> Rest { get; }

    [GlobalAvgPool] public partial GlobalAvgPool Pool { get; }

    [Linear(5)] public partial Linear Head { get; }

    [Branch]
    public sealed partial class Down
    {
        [BatchNormReLUConv(16, Stride = 2)] public partial BatchNormReLUConv A { get; }

        [ConvBatchNorm(16)] public partial ConvBatchNorm B { get; }
    }

    [Branch]
    public sealed partial class Same
    {
        [ConvBatchNormReLU(16)] public partial ConvBatchNormReLU A { get; }

        [Dropout(0.5)] public partial Dropout Drop { get; }

        [Conv(16)] public partial Conv2d B { get; }
    }
}
