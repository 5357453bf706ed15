namespace ResNetGen.Architecture.Tests;

/// <summary>Keys and shapes from the tree alone, against torchvision's (Data/*.state_dict.txt, see tests/golden).</summary>
public class StateDictTests
{
    public static TheoryData<string, ResNetSpec> Networks() => new()
    {
        { "resnet18", new ResNetSpec { Depth = 18 } },
        { "resnet50", new ResNetSpec { Depth = 50, Stride = StridePlacement.Conv3x3 } },
        { "resnext50_32x4d", new ResNetSpec { Depth = 50, Stride = StridePlacement.Conv3x3, Groups = 32, WidthPerGroup = 4 } },
        { "wide_resnet50_2", new ResNetSpec { Depth = 50, Stride = StridePlacement.Conv3x3, WidthPerGroup = 128 } },
    };

    [Theory]
    [MemberData(nameof(Networks), DisableDiscoveryEnumeration = true)]
    public void KeysAndShapesAreTorchvisions(string name, ResNetSpec spec)
    {
        string[] expected = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Data", $"{name}.state_dict.txt"));
        IEnumerable<string> ours = spec.Build().StateDict
            .Select(entry => entry.Key + ":" + string.Concat(entry.Shape.Select(size => $" {size}")));
        Assert.Equal(expected, ours);
    }

    [Fact]
    public void EveryRepetitionOfABlockHasItsOwnKeys()
    {
        NetworkArchitecture network = new CifarResNetSpec { Depth = 1202 }.Build();
        string[] keys = [.. network.StateDict.Select(entry => entry.Key)];
        Assert.Equal(network.StateDictEntries, keys.Distinct().Count());
        Assert.Contains("layer3.199.conv2.weight", keys);
        Assert.DoesNotContain("layer3.200.conv1.weight", keys);
    }
}
