using ResNetGen;

namespace ResNetGen.Samples.IdentityMappings;

// He et al. 2016, table 2: where normalisation and activation stand in a unit. The original one is Identity110 or Identity20.

/// <summary>BatchNorm after the addition.</summary>
[CifarResNet(Depth = 110, Unit = Unit.BatchNormAfterAddition)]
public partial class BatchNormAfterAddition110;

/// <summary>ReLU before the addition: a branch that can only add.</summary>
[CifarResNet(Depth = 110, Unit = Unit.ReLUBeforeAddition)]
public partial class ReLUBeforeAddition110;

/// <summary>ReLU as pre-activation, BatchNorm after the convolution.</summary>
[CifarResNet(Depth = 110, Unit = Unit.ReLUOnlyPreActivation)]
public partial class ReLUOnlyPreActivation110;

/// <summary>BatchNorm and ReLU as pre-activation: the paper's proposal.</summary>
[CifarResNet(Depth = 110, Unit = Unit.FullPreActivation)]
public partial class FullPreActivation110;

/// <summary>BatchNorm after the addition, 20 layers.</summary>
[CifarResNet(Depth = 20, Unit = Unit.BatchNormAfterAddition)]
public partial class BatchNormAfterAddition20;

/// <summary>ReLU before the addition, 20 layers.</summary>
[CifarResNet(Depth = 20, Unit = Unit.ReLUBeforeAddition)]
public partial class ReLUBeforeAddition20;

/// <summary>ReLU-only pre-activation, 20 layers.</summary>
[CifarResNet(Depth = 20, Unit = Unit.ReLUOnlyPreActivation)]
public partial class ReLUOnlyPreActivation20;

/// <summary>Full pre-activation, 20 layers.</summary>
[CifarResNet(Depth = 20, Unit = Unit.FullPreActivation)]
public partial class FullPreActivation20;
