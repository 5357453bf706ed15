using ResNetGen;

namespace ResNetGen.Samples.IdentityMappings;

// He et al. 2016, table 1: what a shortcut may be, in the original unit. ResNet-110 is the paper's; the 20 layers are for the
// form that takes minutes.

/// <summary>The identity: the row that the others are compared with.</summary>
[CifarResNet(Depth = 110)]
public partial class Identity110;

/// <summary>Half of the identity, half of the branch.</summary>
[CifarResNet(Depth = 110, Skip = Skip.ConstantScale, BranchScale = 0.5)]
public partial class ConstantScale110;

/// <summary>A gate g on the branch, 1 − g on the shortcut.</summary>
[CifarResNet(Depth = 110, Skip = Skip.ExclusiveGate)]
public partial class ExclusiveGate110;

/// <summary>1 − g on the shortcut only.</summary>
[CifarResNet(Depth = 110, Skip = Skip.ShortcutOnlyGate)]
public partial class ShortcutOnlyGate110;

/// <summary>A 1x1 convolution on every shortcut.</summary>
[CifarResNet(Depth = 110, Skip = Skip.Conv1x1)]
public partial class Conv1x1Skip110;

/// <summary>Dropout on every shortcut.</summary>
[CifarResNet(Depth = 110, Skip = Skip.Dropout)]
public partial class DropoutSkip110;

/// <summary>The identity, 20 layers.</summary>
[CifarResNet(Depth = 20)]
public partial class Identity20;

/// <summary>Half and half, 20 layers.</summary>
[CifarResNet(Depth = 20, Skip = Skip.ConstantScale, BranchScale = 0.5)]
public partial class ConstantScale20;

/// <summary>The exclusive gate, 20 layers.</summary>
[CifarResNet(Depth = 20, Skip = Skip.ExclusiveGate)]
public partial class ExclusiveGate20;

/// <summary>The shortcut-only gate, 20 layers.</summary>
[CifarResNet(Depth = 20, Skip = Skip.ShortcutOnlyGate)]
public partial class ShortcutOnlyGate20;

/// <summary>A 1x1 convolution on every shortcut, 20 layers.</summary>
[CifarResNet(Depth = 20, Skip = Skip.Conv1x1)]
public partial class Conv1x1Skip20;

/// <summary>Dropout on every shortcut, 20 layers.</summary>
[CifarResNet(Depth = 20, Skip = Skip.Dropout)]
public partial class DropoutSkip20;
