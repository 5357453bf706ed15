using ResNetGen;

namespace ResNetGen.Samples;

// The networks that can be trained here. Each attribute is the whole declaration: the generator writes the module.

/// <summary>The paper's CIFAR network of 20 layers, option-A shortcuts.</summary>
[CifarResNet(Depth = 20)]
public partial class ResNet20;

/// <summary>The paper's CIFAR network of 32 layers.</summary>
[CifarResNet(Depth = 32)]
public partial class ResNet32;

/// <summary>The paper's CIFAR network of 44 layers.</summary>
[CifarResNet(Depth = 44)]
public partial class ResNet44;

/// <summary>The paper's CIFAR network of 56 layers.</summary>
[CifarResNet(Depth = 56)]
public partial class ResNet56;

/// <summary>The paper's CIFAR network of 110 layers, which warms up.</summary>
[CifarResNet(Depth = 110)]
public partial class ResNet110;

/// <summary>20 layers without shortcuts.</summary>
[CifarPlainNet(Depth = 20)]
public partial class Plain20;

/// <summary>32 layers without shortcuts.</summary>
[CifarPlainNet(Depth = 32)]
public partial class Plain32;

/// <summary>44 layers without shortcuts.</summary>
[CifarPlainNet(Depth = 44)]
public partial class Plain44;

/// <summary>56 layers without shortcuts: worse than 20, the paper's Figure 1.</summary>
[CifarPlainNet(Depth = 56)]
public partial class Plain56;

/// <summary>110 layers without shortcuts: hardly trains at all.</summary>
[CifarPlainNet(Depth = 110)]
public partial class Plain110;

/// <summary>The ImageNet network of 18 layers with a stem for small pictures: wide, and much more work than ResNet-110.</summary>
[ResNet(Depth = 18, Stem = Stem.Cifar, Height = 32, Width = 32, Classes = 10)]
public partial class ResNet18;

/// <summary>110 layers of full pre-activation (He et al. 2016, table 2).</summary>
[CifarResNet(Depth = 110, Unit = Unit.FullPreActivation)]
public partial class PreActResNet110;

/// <summary>164 layers of full pre-activation in bottlenecks (He et al. 2016, table 2), with the projections of their code.</summary>
[CifarResNet(Depth = 164, Block = Block.Bottleneck, Unit = Unit.FullPreActivation, Shortcut = Shortcut.B)]
public partial class PreActResNet164;
