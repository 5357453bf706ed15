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

// torchvision's own, as they are: the stride on the 3×3.
[ResNet(Depth = 50, Stride = Conv3x3, Height = 64, Width = 64)]
public partial class ResNet50V15;

[ResNet(Depth = 101, Stride = Conv3x3, Height = 64, Width = 64)]
public partial class ResNet101V15;

[ResNet(Depth = 152, Stride = Conv3x3, Height = 64, Width = 64)]
public partial class ResNet152V15;

[ResNet(Depth = 50, Stride = Conv3x3, Groups = 32, WidthPerGroup = 4, Height = 64, Width = 64)]
public partial class ResNeXt50;

[ResNet(Depth = 101, Stride = Conv3x3, Groups = 32, WidthPerGroup = 8, Height = 64, Width = 64)]
public partial class ResNeXt101;

[ResNet(Depth = 50, Stride = Conv3x3, WidthPerGroup = 128, Height = 64, Width = 64)]
public partial class WideResNet50;

[Vgg(Depth = 11, Height = 32, Width = 32)]
public partial class Vgg11;

[Vgg(Depth = 11, BatchNorm = true, Height = 32, Width = 32)]
public partial class Vgg11Bn;

[Vgg(Depth = 13, Height = 32, Width = 32)]
public partial class Vgg13;

[Vgg(Depth = 13, BatchNorm = true, Height = 32, Width = 32)]
public partial class Vgg13Bn;

[Vgg(Depth = 16, Height = 32, Width = 32)]
public partial class Vgg16;

[Vgg(Depth = 16, BatchNorm = true, Height = 32, Width = 32)]
public partial class Vgg16Bn;

[Vgg(Depth = 19, Height = 32, Width = 32)]
public partial class Vgg19;

[Vgg(Depth = 19, BatchNorm = true, Height = 32, Width = 32)]
public partial class Vgg19Bn;
