using ResNetGen;
using static ResNetGen.StridePlacement;

namespace ResNetGen.Samples.ImageNet;

// 224x224, 1000 classes. "v1.5" (stride on the 3x3) is what torchvision trains under the plain names; here a name says which.

/// <summary>He et al. 2015, table 1: 18 layers.</summary>
[ResNet(Depth = 18)]
public partial class ResNet18;

/// <summary>34 layers, projections where the shape changes.</summary>
[ResNet(Depth = 34)]
public partial class ResNet34;

/// <summary>34 layers, shortcuts without parameters.</summary>
[ResNet(Depth = 34, Shortcut = Shortcut.A)]
public partial class ResNet34A;

/// <summary>34 layers, projections on all shortcuts.</summary>
[ResNet(Depth = 34, Shortcut = Shortcut.C)]
public partial class ResNet34C;

/// <summary>50 layers, as the paper has them.</summary>
[ResNet(Depth = 50)]
public partial class ResNet50;

/// <summary>50 layers, stride on the 3x3.</summary>
[ResNet(Depth = 50, Stride = Conv3x3)]
public partial class ResNet50V15;

/// <summary>101 layers.</summary>
[ResNet(Depth = 101)]
public partial class ResNet101;

/// <summary>152 layers.</summary>
[ResNet(Depth = 152)]
public partial class ResNet152;

/// <summary>200 layers of full pre-activation (He et al. 2016, table 5).</summary>
[ResNet(Depth = 200, Unit = Unit.FullPreActivation)]
public partial class PreActResNet200;

/// <summary>18 layers without shortcuts (He et al. 2015, figure 4).</summary>
[PlainNet(Depth = 18)]
public partial class Plain18;

/// <summary>34 layers without shortcuts.</summary>
[PlainNet(Depth = 34)]
public partial class Plain34;

/// <summary>VGG-16 with batch normalisation.</summary>
[Vgg(Depth = 16, BatchNorm = true)]
public partial class Vgg16;

/// <summary>ResNeXt-50 32x4d.</summary>
[ResNet(Depth = 50, Stride = Conv3x3, Groups = 32, WidthPerGroup = 4)]
public partial class ResNeXt50;

/// <summary>Wide ResNet-50-2.</summary>
[ResNet(Depth = 50, Stride = Conv3x3, WidthPerGroup = 128)]
public partial class WideResNet50;

/// <summary>SE-ResNet-50.</summary>
[ResNet(Depth = 50, Stride = Conv3x3), SqueezeExcitation(16)]
public partial class SeResNet50;

/// <summary>ResNet-50-D: deep stem, average pooling in the shortcuts.</summary>
[ResNet(Depth = 50, Stride = Conv3x3, Stem = Stem.Deep, AverageDown = true)]
public partial class ResNet50D;

/// <summary>ResNet-50 v1.5 at 160x160, as StrikesBackA3 trains it.</summary>
[ResNet(Depth = 50, Stride = Conv3x3, Height = 160, Width = 160)]
public partial class ResNet50At160;

// The form that takes minutes on two cores: 64x64, ten classes.

/// <summary>18 layers for ten classes of 64x64.</summary>
[ResNet(Depth = 18, Height = 64, Width = 64, Classes = 10)]
public partial class SmallResNet18;

/// <summary>18 layers without shortcuts, for ten classes of 64x64.</summary>
[PlainNet(Depth = 18, Height = 64, Width = 64, Classes = 10)]
public partial class SmallPlain18;

/// <summary>50 layers for ten classes of 64x64.</summary>
[ResNet(Depth = 50, Height = 64, Width = 64, Classes = 10)]
public partial class SmallResNet50;

/// <summary>18 layers of full pre-activation, for ten classes of 64x64.</summary>
[ResNet(Depth = 18, Unit = Unit.FullPreActivation, Height = 64, Width = 64, Classes = 10)]
public partial class SmallPreActResNet18;
