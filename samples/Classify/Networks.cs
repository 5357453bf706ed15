using static ResNetGen.StridePlacement;

namespace ResNetGen.Samples.Classify;

// Networks of ImageNet's size. Those whose weights torchvision publishes say so, which tells how pictures are prepared for them.

/// <summary>18 layers.</summary>
[ResNet(Depth = 18), Pretrained("resnet18")]
public sealed partial class ResNet18;

/// <summary>34 layers.</summary>
[ResNet(Depth = 34), Pretrained("resnet34")]
public sealed partial class ResNet34;

/// <summary>50 layers, the stride on the 3×3.</summary>
[ResNet(Depth = 50, Stride = Conv3x3), Pretrained("resnet50")]
public sealed partial class ResNet50;

/// <summary>101 layers, the stride on the 3×3.</summary>
[ResNet(Depth = 101, Stride = Conv3x3), Pretrained("resnet101")]
public sealed partial class ResNet101;

/// <summary>152 layers, the stride on the 3×3.</summary>
[ResNet(Depth = 152, Stride = Conv3x3), Pretrained("resnet152")]
public sealed partial class ResNet152;

/// <summary>50 layers of 32 groups.</summary>
[ResNet(Depth = 50, Stride = Conv3x3, Groups = 32, WidthPerGroup = 4), Pretrained("resnext50_32x4d")]
public sealed partial class ResNeXt50;

/// <summary>50 layers twice as wide within their bottlenecks.</summary>
[ResNet(Depth = 50, Stride = Conv3x3, WidthPerGroup = 128), Pretrained("wide_resnet50_2")]
public sealed partial class WideResNet50;

/// <summary>16 layers, of 2014.</summary>
[Vgg(Depth = 16), Pretrained("vgg16")]
public sealed partial class Vgg16;

/// <summary>16 layers, with normalisation.</summary>
[Vgg(Depth = 16, BatchNorm = true), Pretrained("vgg16_bn")]
public sealed partial class Vgg16BatchNorm;

/// <summary>50 layers as in the paper: the stride on the first 1×1.</summary>
[ResNet(Depth = 50)]
public sealed partial class PaperResNet50;

/// <summary>101 layers as in the paper.</summary>
[ResNet(Depth = 101)]
public sealed partial class PaperResNet101;

/// <summary>152 layers as in the paper.</summary>
[ResNet(Depth = 152)]
public sealed partial class PaperResNet152;
