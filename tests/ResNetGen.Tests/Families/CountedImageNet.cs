namespace ResNetGen.Tests.Families.Counted;

// One network a row of counts.json: ImageNet.
#pragma warning disable RNG0403 // Shortcuts that the paper does not use are counted, too.

[ResNet(Depth = 18, Shortcut = Shortcut.A)]
public partial class ResNet18A;

[ResNet(Depth = 18, Shortcut = Shortcut.B)]
public partial class ResNet18B;

[ResNet(Depth = 18, Shortcut = Shortcut.C)]
public partial class ResNet18C;

[PlainNet(Depth = 18)]
public partial class Plain18;

[ResNet(Depth = 34, Shortcut = Shortcut.A)]
public partial class ResNet34A;

[ResNet(Depth = 34, Shortcut = Shortcut.B)]
public partial class ResNet34B;

[PlainNet(Depth = 34)]
public partial class Plain34;

[ResNet(Depth = 50, Shortcut = Shortcut.B)]
public partial class ResNet50B;

[ResNet(Depth = 50, Shortcut = Shortcut.B, Stride = StridePlacement.Conv3x3)]
public partial class ResNet50BV15;

[ResNet(Depth = 50, Shortcut = Shortcut.A)]
public partial class ResNet50A;

[ResNet(Depth = 50, Shortcut = Shortcut.C)]
public partial class ResNet50C;

[ResNet(Depth = 101, Shortcut = Shortcut.B)]
public partial class ResNet101B;

[ResNet(Depth = 101, Shortcut = Shortcut.B, Stride = StridePlacement.Conv3x3)]
public partial class ResNet101BV15;

[ResNet(Depth = 101, Shortcut = Shortcut.A)]
public partial class ResNet101A;

[ResNet(Depth = 152, Shortcut = Shortcut.B)]
public partial class ResNet152B;

[ResNet(Depth = 152, Shortcut = Shortcut.B, Stride = StridePlacement.Conv3x3)]
public partial class ResNet152BV15;

[ResNet(Depth = 152, Shortcut = Shortcut.A)]
public partial class ResNet152A;

[ResNet(Depth = 152, Shortcut = Shortcut.C)]
public partial class ResNet152C;

[ResNet(Depth = 200, Shortcut = Shortcut.B)]
public partial class ResNet200B;

[ResNet(Depth = 200, Shortcut = Shortcut.B, Stride = StridePlacement.Conv3x3)]
public partial class ResNet200BV15;

[ResNet(Depth = 200, Shortcut = Shortcut.A)]
public partial class ResNet200A;

[ResNet(Depth = 200, Shortcut = Shortcut.C)]
public partial class ResNet200C;

[ResNet(Stages = [3, 4, 36, 3], Block = Block.Bottleneck, Shortcut = Shortcut.B)]
public partial class ResNet140B;

[ResNet(Stages = [3, 4, 36, 3], Block = Block.Bottleneck, Shortcut = Shortcut.B, Stride = StridePlacement.Conv3x3)]
public partial class ResNet140BV15;

[ResNet(Stages = [3, 4, 36, 3], Block = Block.Bottleneck, Shortcut = Shortcut.A)]
public partial class ResNet140A;

[ResNet(Stages = [3, 4, 36, 3], Block = Block.Bottleneck, Shortcut = Shortcut.C)]
public partial class ResNet140C;

[ResNet(Depth = 50, Stride = StridePlacement.Conv3x3, Groups = 32, WidthPerGroup = 4)]
public partial class Resnext5032x4d;

[ResNet(Depth = 101, Stride = StridePlacement.Conv3x3, Groups = 32, WidthPerGroup = 8)]
public partial class Resnext10132x8d;

[ResNet(Depth = 50, Stride = StridePlacement.Conv3x3, WidthPerGroup = 128)]
public partial class WideResnet502;

[ResNet(Depth = 18, Shortcut = Shortcut.C, ProjectionBatchNorm = false)]
public partial class ResNet18CBare;

[ResNet(Depth = 18, Shortcut = Shortcut.B, ProjectionBatchNorm = false)]
public partial class ResNet18BBare;

[ResNet(Depth = 34, Shortcut = Shortcut.B, ProjectionBatchNorm = false)]
public partial class ResNet34BBare;

[ResNet(Depth = 50, Stride = StridePlacement.Conv3x3, Unit = Unit.FullPreActivation)]
public partial class ResNet50V15PreAct;

[ResNet(Depth = 50, Unit = Unit.FullPreActivation)]
public partial class ResNet50PreAct;

[ResNet(Depth = 101, Stride = StridePlacement.Conv3x3, Unit = Unit.FullPreActivation)]
public partial class ResNet101V15PreAct;

[ResNet(Depth = 101, Unit = Unit.FullPreActivation)]
public partial class ResNet101PreAct;

[ResNet(Depth = 152, Stride = StridePlacement.Conv3x3, Unit = Unit.FullPreActivation)]
public partial class ResNet152V15PreAct;

[ResNet(Depth = 152, Unit = Unit.FullPreActivation)]
public partial class ResNet152PreAct;

[ResNet(Stages = [3, 4, 36, 3], Block = Block.Bottleneck, Stride = StridePlacement.Conv3x3, Unit = Unit.FullPreActivation)]
public partial class ResNet140V15PreAct;

[ResNet(Stages = [3, 4, 36, 3], Block = Block.Bottleneck, Unit = Unit.FullPreActivation)]
public partial class ResNet140PreAct;

[ResNet(Depth = 18, Unit = Unit.FullPreActivation)]
public partial class ResNet18PreAct;

[ResNet(Depth = 34, Unit = Unit.FullPreActivation)]
public partial class ResNet34PreAct;

[ResNet(Depth = 50, Stride = StridePlacement.Conv3x3), SqueezeExcitation(16)]
public partial class ResNet50V15Se;

[Vgg(Depth = 11)]
public partial class Vgg11;

[Vgg(Depth = 11, BatchNorm = true)]
public partial class Vgg11Bn;

[Vgg(Depth = 13)]
public partial class Vgg13;

[Vgg(Depth = 16)]
public partial class Vgg16;

[Vgg(Depth = 16, BatchNorm = true)]
public partial class Vgg16Bn;

[Vgg(Depth = 19)]
public partial class Vgg19;

[Vgg(Depth = 19, BatchNorm = true)]
public partial class Vgg19Bn;
