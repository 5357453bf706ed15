namespace ResNetGen.Bench;

[CifarResNet(Depth = 20)]
public partial class ResNet20;
