namespace ResNetGen.Tests.Families.Counted;

// One network a row of counts.json: CIFAR.
#pragma warning disable RNG0403 // Shortcuts that the paper does not use are counted, too.

[CifarResNet(Depth = 20)]
public partial class Cifar20;

[CifarPlainNet(Depth = 20)]
public partial class CifarPlain20;

[CifarResNet(Depth = 20, Shortcut = Shortcut.B)]
public partial class Cifar20B;

[CifarResNet(Depth = 20, Shortcut = Shortcut.C)]
public partial class Cifar20C;

[CifarResNet(Depth = 32)]
public partial class Cifar32;

[CifarPlainNet(Depth = 32)]
public partial class CifarPlain32;

[CifarResNet(Depth = 32, Shortcut = Shortcut.B)]
public partial class Cifar32B;

[CifarResNet(Depth = 32, Shortcut = Shortcut.C)]
public partial class Cifar32C;

[CifarResNet(Depth = 44)]
public partial class Cifar44;

[CifarPlainNet(Depth = 44)]
public partial class CifarPlain44;

[CifarResNet(Depth = 44, Shortcut = Shortcut.B)]
public partial class Cifar44B;

[CifarResNet(Depth = 56)]
public partial class Cifar56;

[CifarPlainNet(Depth = 56)]
public partial class CifarPlain56;

[CifarResNet(Depth = 56, Shortcut = Shortcut.B)]
public partial class Cifar56B;

[CifarResNet(Depth = 56, Shortcut = Shortcut.C)]
public partial class Cifar56C;

[CifarResNet(Depth = 110)]
public partial class Cifar110;

[CifarPlainNet(Depth = 110)]
public partial class CifarPlain110;

[CifarResNet(Depth = 110, Shortcut = Shortcut.B)]
public partial class Cifar110B;

[CifarResNet(Depth = 110, Shortcut = Shortcut.C)]
public partial class Cifar110C;

[CifarResNet(Depth = 164)]
public partial class Cifar164;

[CifarPlainNet(Depth = 164)]
public partial class CifarPlain164;

[CifarResNet(Depth = 1202)]
public partial class Cifar1202;

[CifarPlainNet(Depth = 1202)]
public partial class CifarPlain1202;

[CifarResNet(Depth = 1202, Shortcut = Shortcut.B)]
public partial class Cifar1202B;

[CifarResNet(Depth = 1202, Shortcut = Shortcut.C)]
public partial class Cifar1202C;

[CifarResNet(Depth = 110, Classes = 100)]
public partial class Cifar110Of100;

[CifarPlainNet(Depth = 110, Classes = 100)]
public partial class CifarPlain110Of100;

[CifarResNet(Depth = 164, Block = Block.Bottleneck, Shortcut = Shortcut.B)]
public partial class Cifar164BottleneckB;

[CifarResNet(Depth = 1001, Block = Block.Bottleneck, Shortcut = Shortcut.B)]
public partial class Cifar1001BottleneckB;

[CifarResNet(Depth = 110, Shortcut = Shortcut.A, Unit = Unit.FullPreActivation)]
public partial class Cifar110APreAct;

[CifarResNet(Depth = 110, Shortcut = Shortcut.B, Unit = Unit.FullPreActivation)]
public partial class Cifar110BPreAct;

[CifarResNet(Depth = 164, Block = Block.Bottleneck, Shortcut = Shortcut.B, Unit = Unit.FullPreActivation)]
public partial class Cifar164BottleneckBPreAct;

[CifarResNet(Depth = 164, Block = Block.Bottleneck, Shortcut = Shortcut.B, Unit = Unit.FullPreActivation, Classes = 100)]
public partial class Cifar164BottleneckBPreActOf100;

[CifarResNet(Depth = 1001, Block = Block.Bottleneck, Shortcut = Shortcut.B, Unit = Unit.FullPreActivation)]
public partial class Cifar1001BottleneckBPreAct;

[CifarResNet(Depth = 110, Skip = Skip.ExclusiveGate)]
public partial class Cifar110ExclusiveGate;

[CifarResNet(Depth = 110, Skip = Skip.ShortcutOnlyGate)]
public partial class Cifar110ShortcutOnlyGate;

[CifarResNet(Depth = 110, Skip = Skip.Conv1x1)]
public partial class Cifar110Conv1x1;
