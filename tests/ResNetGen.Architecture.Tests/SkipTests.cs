using ResNetGen.Architecture.Layers;

namespace ResNetGen.Architecture.Tests;

/// <summary>The shortcuts of He et al. 2016, table 1 and figure 2: on every one of the 54 units.</summary>
public class SkipTests
{
    [Theory]
    [InlineData(Skip.ConstantScale, "[conv1:3×3/1 bn1 relu conv2:3×3/1 bn2 + 0.5 × x] relu", "[conv1:3×3/2 bn1 relu conv2:3×3/1 bn2 + 0.5 × downsample] relu")]
    [InlineData(Skip.ExclusiveGate, "[conv1:3×3/1 bn1 relu conv2:3×3/1 bn2 + x] exclusive gate:1×1/1 from -6 relu",
        "[conv1:3×3/2 bn1 relu conv2:3×3/1 bn2 + downsample] exclusive gate:1×1/2 from -6 relu")]
    [InlineData(Skip.ShortcutOnlyGate, "[conv1:3×3/1 bn1 relu conv2:3×3/1 bn2 + x] gate:1×1/1 from -6 relu",
        "[conv1:3×3/2 bn1 relu conv2:3×3/1 bn2 + downsample] gate:1×1/2 from -6 relu")]
    [InlineData(Skip.Conv1x1, "[conv1:3×3/1 bn1 relu conv2:3×3/1 bn2 + downsample(0:1×1/1)] relu",
        "[conv1:3×3/2 bn1 relu conv2:3×3/1 bn2 + downsample(0:1×1/2)] relu")]
    [InlineData(Skip.Dropout, "[conv1:3×3/1 bn1 relu conv2:3×3/1 bn2 + dropout] relu", "[conv1:3×3/2 bn1 relu conv2:3×3/1 bn2 + downsample dropout] relu")]
    public void EveryUnitHasIt(Skip skip, string unit, string change)
    {
        NetworkArchitecture network = new CifarResNetSpec { Depth = 110, Skip = skip }.Build();
        Assert.Equal([unit], network.Blocks("layer1"));
        Assert.Equal([change, unit], network.Blocks("layer2"));
        Assert.Equal(110, network.WeightedLayers);
    }

    [Fact]
    public void BothRowsOfConstantScalesCanBeWritten() => Assert.Equal(
        ["[0.5 × conv1:3×3/1 bn1 relu conv2:3×3/1 bn2 + 0.5 × x] relu"],
        new CifarResNetSpec { Depth = 110, Skip = Skip.ConstantScale, SkipScale = 0.5, BranchScale = 0.5 }.Build().Blocks("layer1"));

    [Fact]
    public void GatesOfImageNetNetworksAreAsWideAsTheirBranch()
    {
        NetworkArchitecture network = new ResNetSpec { Depth = 50, Skip = Skip.ShortcutOnlyGate, GateBias = -3 }.Build();
        StateEntry[] gates = [.. network.StateDict.Where(entry => entry.Key.Contains(".gate.", StringComparison.Ordinal))];
        Assert.Equal(32, gates.Length);
        Assert.Equal("layer1.0.gate.weight [256, 64, 1, 1]", $"{gates[0].Key} {gates[0].Shape}");
        Assert.EndsWith("from -3 relu", network.Blocks("layer4")[0], StringComparison.Ordinal);
    }

    // Table 1's 1×1 row has as many multiply-adds as the gates have: they are the same convolutions.
    [Fact]
    public void DropoutAndScalesCostNothing()
    {
        Cost plain = new CifarResNetSpec { Depth = 110 }.Build().Cost;
        Assert.Equal(plain, new CifarResNetSpec { Depth = 110, Skip = Skip.Dropout }.Build().Cost);
        Assert.Equal(plain, new CifarResNetSpec { Depth = 110, Skip = Skip.ConstantScale }.Build().Cost);
    }

    [Fact]
    public void DropoutIsTheIdentitysAndNotTheBranchs()
    {
        NetworkArchitecture network = new CifarResNetSpec { Depth = 20, Skip = Skip.Dropout }.Build();
        Assert.All(network.Root.Leaves(network.Input, "").Where(leaf => leaf.Layer is Dropout), leaf => Assert.False(leaf.OnMainPath));
    }
}
