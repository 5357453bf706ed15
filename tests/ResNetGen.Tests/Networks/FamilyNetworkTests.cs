namespace ResNetGen.Tests.Networks;

// The tests of GeneratedNetworkTests for the networks of SmallFamilies.cs: keys, scores, gradients, lifetimes, first values.

public class UnitBatchNormAfterTests() : GeneratedNetworkTests<UnitBatchNormAfter>("UnitBatchNormAfter");

public class UnitReLUBeforeTests() : GeneratedNetworkTests<UnitReLUBefore>("UnitReLUBefore");

public class UnitReLUOnlyTests() : GeneratedNetworkTests<UnitReLUOnly>("UnitReLUOnly");

public class UnitFullTests() : GeneratedNetworkTests<UnitFull>("UnitFull");

public class UnitFullBottleneckTests() : GeneratedNetworkTests<UnitFullBottleneck>("UnitFullBottleneck");

public class UnitReLUOnlyBottleneckTests() : GeneratedNetworkTests<UnitReLUOnlyBottleneck>("UnitReLUOnlyBottleneck");

public class UnitFullImageNetTests() : GeneratedNetworkTests<UnitFullImageNet>("UnitFullImageNet");

public class UnitBatchNormAfterImageNetTests() : GeneratedNetworkTests<UnitBatchNormAfterImageNet>("UnitBatchNormAfterImageNet");

public class OneLayerTests() : GeneratedNetworkTests<OneLayer>("SingleLayer");

public class OneLayerFullTests() : GeneratedNetworkTests<OneLayerFull>("SingleLayerFull");

public class SkipScaleTests() : GeneratedNetworkTests<SkipScale>("SkipScale");

public class SkipScaleBothTests() : GeneratedNetworkTests<SkipScaleBoth>("SkipScaleBoth");

public class SkipScaleReLUBeforeTests() : GeneratedNetworkTests<SkipScaleReLUBefore>("SkipScaleReLUBefore");

public class SkipExclusiveTests() : GeneratedNetworkTests<SkipExclusive>("SkipExclusive");

public class SkipShortcutOnlyTests() : GeneratedNetworkTests<SkipShortcutOnly>("SkipShortcutOnly");

public class SkipConv1x1Tests() : GeneratedNetworkTests<SkipConv1x1>("SkipConv1x1");

public class SqueezeTests() : GeneratedNetworkTests<Squeeze>("Squeeze");

public class SqueezeBottleneckTests() : GeneratedNetworkTests<SqueezeBottleneck>("SqueezeBottleneck");

public class ResNetDTests() : GeneratedNetworkTests<ResNetD>("ResNetD");

public class DilatedTests() : GeneratedNetworkTests<Dilated>("Dilated");

public class DilatedBottleneckTests() : GeneratedNetworkTests<DilatedBottleneck>("DilatedBottleneck");

public class FreeWidthsTests() : GeneratedNetworkTests<FreeWidths>("Widths");
