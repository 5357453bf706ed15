using static ResNetGen.Block;
using static ResNetGen.StridePlacement;

namespace ResNetGen.Tests.Export.Large;

// Networks as they are used, in their own size.

[ResNet(Depth = 18)]
public sealed partial class ResNet18;

[ResNet(Depth = 50)]
public sealed partial class ResNet50;

[ResNet(Depth = 50, Stride = Conv3x3)]
public sealed partial class ResNet50V15;

[ResNet(Depth = 101, Unit = Unit.FullPreActivation)]
public sealed partial class PreActResNet101;

[ResNet(Depth = 50, Stride = Conv3x3, Groups = 32, WidthPerGroup = 4), SqueezeExcitation]
public sealed partial class SeResNeXt50;

[CifarResNet(Depth = 110)]
public sealed partial class CifarResNet110;

[CifarResNet(Depth = 164, Block = Bottleneck, Unit = Unit.FullPreActivation, Shortcut = Shortcut.B)]
public sealed partial class PreActResNet164;

[CifarResNet(Depth = 32, Skip = Skip.ExclusiveGate)]
public sealed partial class GatedResNet32;

[CifarResNet(Depth = 20, Skip = Skip.ShortcutOnlyGate)]
public sealed partial class ShortcutGatedResNet20;

[Vgg(Depth = 11, BatchNorm = true)]
public sealed partial class Vgg11Bn;

/// <summary>A last map of 3×3, over which the head's grid of 7×7 is laid.</summary>
[Vgg(Depth = 11, Height = 96, Width = 96)]
public sealed partial class Vgg11OnSmallPictures;
