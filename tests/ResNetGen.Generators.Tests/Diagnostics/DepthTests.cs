using ResNetGen.Generators.Tests.Infrastructure;

namespace ResNetGen.Generators.Tests.Diagnostics;

/// <summary>RNG0101, RNG0102, RNG0103, RNG0111 and RNG0112: how deep the network is.</summary>
public class DepthTests
{
    [Fact]
    public void A_depth_the_paper_does_not_have() => Expect.Messages(
        "[ResNet(Depth = [|51|])] public partial class Net;",
        ("RNG0101", "'Net': expected a depth of 18, 34, 50, 101, 152 or 200 for [ResNet], found 51; write Depth = 50, the nearest, or Stages and Block"));
}
