using static ResNetGen.StridePlacement;

namespace ResNetGen.Bench;

// The networks that are compared. Those of 224 × 224 pixels are torchvision's: the stride in the 3×3 convolution, batch normalisation in VGG.

[CifarResNet(Depth = 20)]
public sealed partial class ResNet20;

[CifarResNet(Depth = 110)]
public sealed partial class ResNet110;

[ResNet(Depth = 50, Stride = Conv3x3)]
public sealed partial class ResNet50;

[ResNet(Depth = 152, Stride = Conv3x3)]
public sealed partial class ResNet152;

[Vgg(Depth = 16, BatchNorm = true)]
public sealed partial class Vgg16;
