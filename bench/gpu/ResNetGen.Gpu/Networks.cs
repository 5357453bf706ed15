namespace ResNetGen.Gpu;

[CifarResNet(Depth = 20)]
public partial class ResNet20;

[CifarResNet(Depth = 110)]
public partial class ResNet110;

[ResNet(Depth = 50)]
public partial class ResNet50;
