using static ResNetGen.Block;
using static ResNetGen.StridePlacement;

namespace ResNetGen.Tests.Families;

// Units of 2016 (table 2), as deep as the papers have them.
[CifarResNet(Depth = 110, Unit = Unit.BatchNormAfterAddition)]
public partial class BnAfter110;

[CifarResNet(Depth = 110, Unit = Unit.ReLUBeforeAddition)]
public partial class ReluBefore110;

[CifarResNet(Depth = 110, Unit = Unit.ReLUOnlyPreActivation)]
public partial class ReluOnly110;

[CifarResNet(Depth = 110, Unit = Unit.FullPreActivation)]
public partial class PreAct110;

[CifarResNet(Depth = 164, Block = Bottleneck, Unit = Unit.FullPreActivation, Shortcut = Shortcut.B)]
public partial class PreAct164;

[CifarResNet(Depth = 1001, Block = Bottleneck, Unit = Unit.FullPreActivation, Shortcut = Shortcut.B)]
public partial class PreAct1001;

[CifarResNet(Depth = 1202)]
public partial class ResNet1202;

// Shortcuts of 2016 (table 1).
[CifarResNet(Depth = 110, Skip = Skip.ConstantScale)]
public partial class HalfSkip110;

[CifarResNet(Depth = 110, Skip = Skip.ConstantScale, SkipScale = 0.5, BranchScale = 0.5)]
public partial class HalfBoth110;

[CifarResNet(Depth = 110, Skip = Skip.ExclusiveGate)]
public partial class Exclusive110;

[CifarResNet(Depth = 110, Skip = Skip.ShortcutOnlyGate, GateBias = -3)]
public partial class ShortcutOnly110;

[CifarResNet(Depth = 110, Skip = Skip.Conv1x1)]
public partial class Conv1x1Skip110;

[CifarResNet(Depth = 110, Skip = Skip.Dropout)]
public partial class DropoutSkip110;

// One layer a shortcut (table 3).
[CifarResNet(Depth = 110, Block = SingleLayer)]
public partial class SingleLayer110;

[CifarResNet(Depth = 20, Block = SingleLayer, Unit = Unit.FullPreActivation)]
public partial class SingleLayerPreAct20;

// What users build on residual networks, small.
[ResNet(Depth = 18, Height = 64, Width = 64, Unit = Unit.FullPreActivation, Classes = 10)]
public partial class PreAct18;

[ResNet(Depth = 50, Height = 64, Width = 64, Unit = Unit.FullPreActivation, Shortcut = Shortcut.A, Classes = 10)]
public partial class PreAct50A;

[ResNet(Depth = 50, Height = 64, Width = 64, Stride = Conv3x3, Classes = 10), SqueezeExcitation(16)]
public partial class SmallSe50;

[ResNet(Depth = 50, Height = 64, Width = 64, Stride = Conv3x3, Stem = Stem.Deep, AverageDown = true, ZeroInitResidual = true, Classes = 10)]
public partial class SmallResNet50D;

[ResNet(Depth = 50, Height = 64, Width = 64, Stride = Conv3x3, OutputStride = 8, Classes = 10)]
public partial class Dilated50;

[ResNet(Depth = 18, Height = 64, Width = 64, OutputStride = 16, Widths = [32, 48, 96, 160], Classes = 0)]
public partial class Backbone18;

[ResNet(Depth = 34, Height = 64, Width = 64, Classes = 10), DropPath(0.2), SqueezeExcitation(8)]
public partial class DropPath34;

[CifarResNet(Depth = 20, Unit = Unit.ReLUBeforeAddition, Skip = Skip.ConstantScale, SkipScale = 0.5, BranchScale = 0.5), DropPath(0.1)]
public partial class Everything20;

[ResNet(Stages = [3], Block = Basic, Height = 32, Width = 32, Classes = 10), DropPath(0.3)]
public partial class OneStage;

[CifarResNet(Depth = 20, Unit = Unit.FullPreActivation, Classes = 0)]
public partial class PreActBackbone20;

[Vgg(Depth = 11, Height = 32, Width = 32, Classes = 0)]
public partial class VggBackbone11;

[Vgg(Depth = 13, BatchNorm = true, Height = 32, Width = 32, Classes = 0)]
public partial class VggBackbone13Bn;
