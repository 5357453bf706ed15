using static ResNetGen.StridePlacement;

namespace ResNetGen.Tests.Weights;

[CifarResNet(Depth = 8)]
public sealed partial class Small8;

[CifarResNet(Depth = 8, Classes = 4)]
public sealed partial class SmallOfFour;

[CifarResNet(Depth = 8, Classes = 0)]
public sealed partial class SmallBackbone;

[CifarResNet(Depth = 14)]
public sealed partial class Small14;

[CifarPlainNet(Depth = 8)]
public sealed partial class SmallPlain;

[CifarResNet(Depth = 8, Unit = Unit.ReLUBeforeAddition)]
public sealed partial class SmallOtherUnit;

[CifarResNet(Depth = 8, Skip = Skip.ConstantScale)]
public sealed partial class SmallScaled;

[CifarResNet(Depth = 8, Height = 16, Width = 16)]
public sealed partial class SmallPictures8;

[ResNet(Stages = [1, 1], Block = Block.Basic, Stem = Stem.Cifar, StemWidth = 16, Shortcut = Shortcut.A, Height = 32, Width = 32, Classes = 10)]
public sealed partial class ZerosAtTheEnd;

[ResNet(Stages = [1, 1], Block = Block.Basic, Stem = Stem.Cifar, StemWidth = 16, Shortcut = Shortcut.A, ZeroPadding = ZeroPadding.Both, Height = 32, Width = 32, Classes = 10)]
public sealed partial class ZerosOnBothSides;

[ResNet(Stages = [1, 1], Block = Block.Bottleneck, StemWidth = 8, WidthPerGroup = 8, Stem = Stem.Cifar, Height = 32, Width = 32, Classes = 10)]
public sealed partial class StridesFirst;

[ResNet(Stages = [1, 1], Block = Block.Bottleneck, StemWidth = 8, WidthPerGroup = 8, Stem = Stem.Cifar, Stride = Conv3x3, Height = 32, Width = 32, Classes = 10)]
public sealed partial class StridesLater;

[ResNet(Depth = 50, Stride = Conv3x3, Height = 64, Width = 64), Pretrained("resnet50")]
public sealed partial class ImageNet50;

#pragma warning disable RNG0304 // The point of these tests.
[ResNet(Depth = 50, Height = 64, Width = 64), Pretrained("resnet50")]
public sealed partial class ImageNet50OfThePaper;
#pragma warning restore RNG0304

[ResNet(Depth = 50, Height = 64, Width = 64)]
public sealed partial class Unnamed50;
