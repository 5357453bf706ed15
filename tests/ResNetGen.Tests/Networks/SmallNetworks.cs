using static ResNetGen.Block;
using static ResNetGen.Shortcut;

namespace ResNetGen.Tests.Networks;

// One network of each family and shortcut, small enough to run in milliseconds: those of tests/golden/make_network_golden.py.

[ResNet(Stages = [1, 2, 1, 1], Block = Basic, Height = 64, Width = 64, Classes = 10)]
public sealed partial class BasicNet;

[ResNet(Stages = [1, 2], Block = Basic, Shortcut = C, Height = 32, Width = 32, Classes = 10)]
public sealed partial class BasicC;

[ResNet(Stages = [1, 2, 1], Block = Bottleneck, Height = 64, Width = 64, Classes = 10)]
public sealed partial class BottleneckNet;

[ResNet(Stages = [1, 2, 1], Block = Bottleneck, Stride = StridePlacement.Conv3x3, Height = 64, Width = 64, Classes = 10)]
public sealed partial class BottleneckV15;

[ResNet(Stages = [1, 2], Block = Bottleneck, Stride = StridePlacement.Conv3x3, Groups = 32, WidthPerGroup = 4, Height = 48, Width = 48, Classes = 10)]
public sealed partial class Grouped;

[ResNet(Stages = [2, 2], Block = Bottleneck, Shortcut = A, Height = 32, Width = 32, Classes = 10)]
public sealed partial class BottleneckA;

[ResNet(Stages = [2, 2], Block = Bottleneck, Shortcut = A, ZeroPadding = ZeroPadding.Both, Height = 32, Width = 32, Classes = 10)]
public sealed partial class BottleneckABoth;

[PlainNet(Stages = [1, 1], Block = Basic, Height = 32, Width = 32, Classes = 10)]
public sealed partial class Plain;

[PlainNet(Stages = [1, 1], Block = Bottleneck, Height = 32, Width = 32, Classes = 10)]
public sealed partial class PlainBottleneck;

[CifarResNet(Depth = 20)]
public sealed partial class Cifar;

[CifarResNet(Depth = 8, Shortcut = B)]
public sealed partial class CifarB;

[CifarResNet(Depth = 14, Shortcut = C)]
public sealed partial class CifarC;

[CifarResNet(Depth = 20, Block = Bottleneck)]
public sealed partial class CifarBottleneck;

[CifarPlainNet(Depth = 14)]
public sealed partial class CifarPlain;
