using ResNetGen;

namespace ResNetGen.Samples.Degradation;

// The pairs of He et al. 2015, figures 1 and 6: the same layers, without shortcuts and with them.

/// <summary>20 layers without shortcuts.</summary>
[CifarPlainNet(Depth = 20)]
public partial class Plain20;

/// <summary>56 layers without shortcuts: every solution of the 20 layers is one of these 56, and still it trains worse.</summary>
[CifarPlainNet(Depth = 56)]
public partial class Plain56;

/// <summary>20 layers with option-A shortcuts, which have no parameters.</summary>
[CifarResNet(Depth = 20)]
public partial class ResNet20;

/// <summary>56 layers with option-A shortcuts.</summary>
[CifarResNet(Depth = 56)]
public partial class ResNet56;
