using static ResNetGen.StridePlacement;

namespace ResNetGen.Bench;

// The same networks, trained in less memory.

[CifarResNet(Depth = 20, Recompute = Recompute.Normalisation)]
public sealed partial class ResNet20Normalising;

[CifarResNet(Depth = 20, Recompute = Recompute.Block)]
public sealed partial class ResNet20ByBlock;

[CifarResNet(Depth = 110, Recompute = Recompute.Normalisation)]
public sealed partial class ResNet110Normalising;

[CifarResNet(Depth = 110, Recompute = Recompute.Block)]
public sealed partial class ResNet110ByBlock;

[ResNet(Depth = 50, Stride = Conv3x3, Recompute = Recompute.Normalisation)]
public sealed partial class ResNet50Normalising;

[ResNet(Depth = 50, Stride = Conv3x3, Recompute = Recompute.Block)]
public sealed partial class ResNet50ByBlock;

[ResNet(Depth = 152, Stride = Conv3x3, Recompute = Recompute.Normalisation)]
public sealed partial class ResNet152Normalising;

[ResNet(Depth = 152, Stride = Conv3x3, Recompute = Recompute.Block)]
public sealed partial class ResNet152ByBlock;
