using static ResNetGen.Block;
using static ResNetGen.StridePlacement;

namespace ResNetGen.Tests.Networks;

// The units and shortcuts of He et al. 2016 and what users build on residual networks, small enough to run in
// milliseconds: the networks of tests/golden/make_family_golden.py.

[CifarResNet(Depth = 14, Unit = Unit.BatchNormAfterAddition)]
public sealed partial class UnitBatchNormAfter;

[CifarResNet(Depth = 14, Unit = Unit.ReLUBeforeAddition)]
public sealed partial class UnitReLUBefore;

[CifarResNet(Depth = 14, Unit = Unit.ReLUOnlyPreActivation)]
public sealed partial class UnitReLUOnly;

[CifarResNet(Depth = 14, Unit = Unit.FullPreActivation)]
public sealed partial class UnitFull;

[CifarResNet(Depth = 20, Block = Bottleneck, Unit = Unit.FullPreActivation, Shortcut = Shortcut.B)]
public sealed partial class UnitFullBottleneck;

[CifarResNet(Depth = 11, Block = Bottleneck, Unit = Unit.ReLUOnlyPreActivation, Shortcut = Shortcut.B)]
public sealed partial class UnitReLUOnlyBottleneck;

[ResNet(Stages = [1, 2], Block = Basic, Unit = Unit.FullPreActivation, Height = 32, Width = 32, Classes = 10)]
public sealed partial class UnitFullImageNet;

[ResNet(Stages = [1, 2], Block = Bottleneck, Unit = Unit.BatchNormAfterAddition, Height = 32, Width = 32, Classes = 10)]
public sealed partial class UnitBatchNormAfterImageNet;

[CifarResNet(Depth = 8, Block = Block.SingleLayer)]
public sealed partial class OneLayer;

[CifarResNet(Depth = 8, Block = Block.SingleLayer, Unit = Unit.FullPreActivation)]
public sealed partial class OneLayerFull;

[CifarResNet(Depth = 14, Skip = Skip.ConstantScale)]
public sealed partial class SkipScale;

[CifarResNet(Depth = 14, Skip = Skip.ConstantScale, SkipScale = 0.5, BranchScale = 0.5)]
public sealed partial class SkipScaleBoth;

[CifarResNet(Depth = 8, Unit = Unit.ReLUBeforeAddition, Skip = Skip.ConstantScale, SkipScale = 0.25, BranchScale = 0.5)]
public sealed partial class SkipScaleReLUBefore;

[CifarResNet(Depth = 14, Skip = Skip.ExclusiveGate)]
public sealed partial class SkipExclusive;

[CifarResNet(Depth = 14, Skip = Skip.ShortcutOnlyGate, GateBias = -3)]
public sealed partial class SkipShortcutOnly;

[CifarResNet(Depth = 14, Skip = Skip.Conv1x1)]
public sealed partial class SkipConv1x1;

[ResNet(Stages = [1, 2], Block = Basic, Height = 32, Width = 32, Classes = 10), SqueezeExcitation(8)]
public sealed partial class Squeeze;

[ResNet(Stages = [1, 2], Block = Bottleneck, Stride = Conv3x3, Height = 32, Width = 32, Classes = 10), SqueezeExcitation]
public sealed partial class SqueezeBottleneck;

#pragma warning disable RNG0207 // The odd map is what is tested.
[ResNet(Stages = [1, 2], Block = Bottleneck, Stride = Conv3x3, Stem = Stem.Deep, AverageDown = true, Height = 36, Width = 36, Classes = 10)]
public sealed partial class ResNetD;
#pragma warning restore RNG0207

[ResNet(Stages = [1, 2, 2, 2], Block = Basic, OutputStride = 8, Height = 64, Width = 64, Classes = 10)]
public sealed partial class Dilated;

[ResNet(Stages = [1, 1, 2, 2], Block = Bottleneck, Stride = Conv3x3, OutputStride = 8, Height = 64, Width = 64, Classes = 10)]
public sealed partial class DilatedBottleneck;

[ResNet(Stages = [1, 2], Block = Basic, Widths = [48, 80], Height = 32, Width = 32, Classes = 10)]
public sealed partial class FreeWidths;
