namespace ResNetGen.RoundTrip;

[CifarResNet(Depth = 20)]
public partial class Cifar20;

[CifarResNet(Depth = 32)]
public partial class Cifar32;

[CifarResNet(Depth = 44)]
public partial class Cifar44;

[CifarResNet(Depth = 56)]
public partial class Cifar56;

[CifarResNet(Depth = 110)]
public partial class Cifar110;

[CifarResNet(Depth = 1202)]
public partial class Cifar1202;

[ResNet(Depth = 18), Pretrained("resnet18")]
public partial class ResNet18;

[ResNet(Depth = 50, Stride = StridePlacement.Conv3x3), Pretrained("resnet50")]
public partial class ResNet50;
