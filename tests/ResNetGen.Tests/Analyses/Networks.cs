namespace ResNetGen.Tests.Analyses;

[CifarResNet(Depth = 14)]
public partial class ResNet14;

[CifarPlainNet(Depth = 14)]
public partial class Plain14;

[CifarResNet(Depth = 8, Unit = Unit.FullPreActivation)]
public partial class PreAct8;
