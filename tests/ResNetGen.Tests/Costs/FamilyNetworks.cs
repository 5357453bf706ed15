namespace ResNetGen.Tests.Costs;

// One small network of each option that changes what autograd keeps.

[CifarResNet(Depth = 8, Unit = Unit.BatchNormAfterAddition, Shortcut = Shortcut.B)]
public sealed partial class NormAfterAddition;

[CifarResNet(Depth = 8, Unit = Unit.ReLUBeforeAddition)]
public sealed partial class ReLUBeforeAddition;

[CifarResNet(Depth = 14, Unit = Unit.ReLUOnlyPreActivation, Shortcut = Shortcut.B)]
public sealed partial class ReLUOnly;

[CifarResNet(Depth = 14, Unit = Unit.FullPreActivation)]
public sealed partial class PreActivationA;

[CifarResNet(Depth = 20, Block = Block.Bottleneck, Unit = Unit.FullPreActivation, Shortcut = Shortcut.B)]
public sealed partial class PreActivationBottleneck;

[CifarResNet(Depth = 14, Skip = Skip.ConstantScale)]
public sealed partial class Scaled;

[CifarResNet(Depth = 14, Skip = Skip.ConstantScale, BranchScale = 0.5)]
public sealed partial class ScaledBoth;

[CifarResNet(Depth = 14, Skip = Skip.ExclusiveGate)]
public sealed partial class Gated;

[CifarResNet(Depth = 14, Skip = Skip.ShortcutOnlyGate)]
public sealed partial class ShortcutGated;

[CifarResNet(Depth = 14, Skip = Skip.Conv1x1)]
public sealed partial class Projected;

[CifarResNet(Depth = 14, Skip = Skip.Dropout)]
public sealed partial class DroppedSkip;

[CifarResNet(Depth = 14, Block = Block.Basic), SqueezeExcitation(4)]
public sealed partial class SqueezedBasic;

[ResNet(Stages = [2, 2], Block = Block.Bottleneck, Height = 32, Width = 32, Classes = 10), SqueezeExcitation(16), DropPath(0.2)]
public sealed partial class SqueezedAndDropped;

[ResNet(Stages = [2, 2], Block = Block.Bottleneck, Stem = Stem.Deep, AverageDown = true, Stride = StridePlacement.Conv3x3, Height = 64, Width = 64, Classes = 10)]
public sealed partial class VariantD;

[ResNet(Stages = [2, 2, 2, 2], Block = Block.Bottleneck, OutputStride = 8, Stride = StridePlacement.Conv3x3, Height = 64, Width = 64, Classes = 0)]
public sealed partial class DilatedBackbone;

[CifarResNet(Depth = 14), DropPath(0.3)]
public sealed partial class StochasticDepth;

// What is scaled by a gate and kept is the branch after drop path, not the ReLU's output before it.
[CifarResNet(Depth = 14, Unit = Unit.ReLUBeforeAddition, Skip = Skip.ExclusiveGate), DropPath(0.3)]
public sealed partial class DroppedAndGated;

[Vgg(Depth = 11, BatchNorm = true, Height = 32, Width = 32, Classes = 10)]
public sealed partial class SmallVgg;
