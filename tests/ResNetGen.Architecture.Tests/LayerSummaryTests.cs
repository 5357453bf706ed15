namespace ResNetGen.Architecture.Tests;

/// <summary>The lines of the summary against the figures of the whole.</summary>
public class LayerSummaryTests
{
    public static TheoryData<int> Networks() => [.. Enumerable.Range(0, SampleNetworks.All.Count())];

    [Theory]
    [MemberData(nameof(Networks))]
    public void LinesAddUpToTheWhole(int sample)
    {
        NetworkArchitecture network = SampleNetworks.All.ElementAt(sample);
        EquatableArray<LayerSummary> layers = network.Layers;
        Assert.Equal(network.Cost, layers.Aggregate(default(Cost), (sum, layer) => sum + layer.Cost));
        foreach (TrainingPrecision precision in Enum.GetValues<TrainingPrecision>())
            Assert.Equal(network.SavedActivationBytes(precision, 3), layers.Sum(layer => layer.SavedActivationBytes(precision, 3)));

        Assert.All(layers.Where(layer => layer.Layers.Count > 0), block => Assert.Equal(
            block.Cost with { WeightedLayers = 0 },
            (block.Layers.Aggregate(default(Cost), (sum, layer) => sum + layer.Cost) * block.Count) with { WeightedLayers = 0 }));
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void ShapesFlowFromLineToLine(int sample)
    {
        NetworkArchitecture network = SampleNetworks.All.ElementAt(sample);
        AssertFlow(network.Layers, network.Input);
        Assert.Equal(network.Output, network.Layers[^1].Output);
    }

    [Fact]
    public void SummaryOfAMixedNetwork()
    {
        string expected = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Data", "mixed.summary.txt"));
        Assert.Equal(expected, SampleNetworks.Mixed.ToString());
    }

    [Fact]
    public void EqualBlocksTakeTheLinesOfOne() =>
        Assert.Equal(Lines(new CifarResNetSpec { Depth = 20 }), Lines(new CifarResNetSpec { Depth = 1202 }));

    [Fact]
    public void AnEmptyBatchIsRefused()
    {
        NetworkArchitecture network = new CifarResNetSpec { Depth = 20 }.Build();
        Assert.Throws<ArgumentOutOfRangeException>(() => network.SavedActivationBytes(TrainingPrecision.Float32, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => network.SavedActivationBytes((TrainingPrecision)7, 1));
    }

    private static void AssertFlow(EquatableArray<LayerSummary> layers, Shape input)
    {
        foreach (LayerSummary layer in layers)
        {
            Assert.Equal(layer.Sources[0] < 0 ? input : layers[layer.Sources[0]].Output, layer.Input);
            Assert.Equal(layer.Sources.Count, layer.Inputs.Count);
            AssertFlow(layer.Layers, layer.Input);
        }
    }

    private static int Lines(NetworkSpec spec) => spec.Build().ToString().Count(letter => letter == '\n');
}
