using static ResNetGen.StridePlacement;

namespace ResNetGen.Tests.Parity;

[CifarResNet(Depth = 20)]
public partial class Cifar20;

[ResNet(Depth = 18, Height = 64, Width = 64, Classes = 10)]
public partial class Small18;

[ResNet(Depth = 50, Height = 64, Width = 64, Classes = 10)]
public partial class Small50;

[ResNet(Depth = 50, Stride = Conv3x3, Height = 64, Width = 64, Classes = 10)]
public partial class Small50V15;

[ResNet(Depth = 18, Height = 64, Width = 64)]
public partial class ResNet18;

[ResNet(Depth = 34, Height = 64, Width = 64)]
public partial class ResNet34;

[ResNet(Depth = 50, Height = 64, Width = 64)]
public partial class ResNet50;

[ResNet(Depth = 101, Height = 64, Width = 64)]
public partial class ResNet101;

[ResNet(Depth = 152, Height = 64, Width = 64)]
public partial class ResNet152;
