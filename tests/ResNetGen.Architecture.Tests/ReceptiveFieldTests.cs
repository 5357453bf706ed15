namespace ResNetGen.Architecture.Tests;

/// <summary>Receptive fields of known networks.</summary>
public class ReceptiveFieldTests
{
    // Table 1 of Araujo et al. 2019 (distill.pub/2019/computing-receptive-fields): the networks with the stride on the first
    // 1×1, as the paper has it; 427 is their computation with the stride on the 3×3.
    [Theory]
    [InlineData(18, StridePlacement.First1x1, 435)]
    [InlineData(34, StridePlacement.First1x1, 899)]
    [InlineData(50, StridePlacement.First1x1, 483)]
    [InlineData(50, StridePlacement.Conv3x3, 427)]
    [InlineData(101, StridePlacement.First1x1, 1027)]
    [InlineData(152, StridePlacement.First1x1, 1507)]
    [InlineData(200, StridePlacement.First1x1, 1763)]
    public void OfAResNet(int depth, StridePlacement stride, int expected)
    {
        NetworkArchitecture network = new ResNetSpec { Depth = depth, Stride = depth < 50 ? null : stride }.Build();
        Assert.Equal(new ReceptiveField(expected, 32), network.ReceptiveField);
    }

    // Each 3×3 convolution adds twice the distance of its taps: 1, 2 and 4 pixels in the three stages.
    [Theory]
    [InlineData(20)]
    [InlineData(1202)]
    public void OfACifarResNet(int depth)
    {
        int blocks = (depth - 2) / 6;
        int stages = (2 * 2 * blocks * 1) + (2 * 1) + (2 * ((2 * blocks) - 1) * 2) + (2 * 2) + (2 * ((2 * blocks) - 1) * 4);
        Assert.Equal(new ReceptiveField(1 + 2 + stages, 4), new CifarResNetSpec { Depth = depth }.Build().ReceptiveField);
    }

    [Fact]
    public void GrowsLayerByLayer()
    {
        NetworkArchitecture network = new ResNetSpec { Depth = 50 }.Build();
        Assert.Equal(
            ["conv1 7/2", "bn1 7/2", "relu 7/2", "maxpool 11/4", "layer1.0 19/4", "layer1.1–2 35/4", "layer2.0 51/8", "layer2.1–3 99/8"],
            network.Layers.Take(8).Select(layer => $"{layer.Path} {layer.ReceptiveField!.Value.Size}/{layer.ReceptiveField!.Value.Stride}"));
        Assert.All(network.Layers.TakeLast(3), layer => Assert.Null(layer.ReceptiveField));
    }
}
