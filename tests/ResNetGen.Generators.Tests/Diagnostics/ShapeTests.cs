using ResNetGen.Generators.Tests.Infrastructure;

namespace ResNetGen.Generators.Tests.Diagnostics;

/// <summary>RNG0201 and RNG0204: shapes along the layers.</summary>
public class ShapeTests
{
    [Fact]
    public void A_feature_map_that_shrinks_to_nothing() => Expect.Messages(
        "[ResNet(Depth = 50, Height = [|16|], Width = 16)] public partial class Net;",
        ("RNG0201", "'Net': nothing is left of the feature map at layer4.0.conv1: expected at least 2 pixels a side for its stride, found 1x1 (kernel 1, stride 2, padding 0) from an input of 16x16; write Height = 17 or more"));

    [Fact]
    public void A_feature_map_that_is_too_narrow() => Expect.Messages(
        "[CifarResNet(Depth = 20, Height = 32, Width = [|1|])] public partial class Net;",
        ("RNG0201", "'Net': nothing is left of the feature map at layer2.0.conv1: expected at least 2 pixels a side for its stride, found 32x1 (kernel 3, stride 2, padding 1) from an input of 32x1; write Width = 3 or more"));

    [Fact]
    public void The_smallest_feature_map_is_no_mistake() =>
        GeneratorHost.Run("[ResNet(Depth = 50, Height = 17, Width = 17)] public partial class Net;").Clean();

    [Fact]
    public void Shortcut_a_that_would_have_to_drop_channels() => Expect.Messages(
        "[ResNet(Depth = 18, Shortcut = [|A|], StemWidth = 128)] public partial class Net;",
        ("RNG0204", "'Net': shortcut A adds zero channels and cannot take any away: expected 128 or more channels out of layer1.0, found 64; write Shortcut = B"));

    [Fact]
    public void Shortcut_b_may_drop_channels() =>
        GeneratorHost.Run("[ResNet(Depth = 18, Shortcut = B, StemWidth = 128)] public partial class Net;").Clean();
}
