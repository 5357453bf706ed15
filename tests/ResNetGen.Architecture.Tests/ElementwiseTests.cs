using System.Text.Json;

namespace ResNetGen.Architecture.Tests;

/// <summary>Multiply-adds with normalisation and activations, as ptflops counts them.</summary>
public class ElementwiseTests
{
    // Worked by ptflops' rules from the elements of each kind: convolutions and linear layer 4,089,184,256; batch
    // normalisation 2 × 11,113,984; ReLU 9,608,704; max pooling takes 64×112×112, average pooling 2048×7×7; bias 1000.
    [Fact]
    public void AResNet50WithTheStrideOnThe3x3Is4122MillionAsPtflopsSays()
    {
        NetworkArchitecture network = new ResNetSpec { Depth = 50, Stride = StridePlacement.Conv3x3 }.Build();
        Assert.Equal(4_089_184_256, network.MultiplyAdds);
        Assert.Equal(
            4_089_184_256 + (2 * 11_113_984) + 9_608_704 + (64 * 112 * 112) + (2048 * 7 * 7) + 1000,
            network.MultiplyAddsWithNormAndActivation);
        Assert.Equal(4.122, Math.Round(network.MultiplyAddsWithNormAndActivation / 1e9, 3));
    }

    [Fact]
    public void EveryRowOfTheCounterAgrees()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Data", "counts.json");
        foreach (JsonElement row in JsonDocument.Parse(File.ReadAllText(path)).RootElement.GetProperty("networks").EnumerateArray())
        {
            // Biases of gates and of VGG's convolutions, and the means of squeeze-and-excitation, are in no column.
            JsonElement spec = row.GetProperty("spec");
            if (spec.GetProperty("family").GetString() == "Vgg" || spec.TryGetProperty("skip", out _) || spec.TryGetProperty("squeezeExcitation", out _))
                continue;

            NetworkArchitecture network = SpecReader.Read(spec).Build();
            Shape stem = network.Stages[0].Input, last = network.Stages[^1].Output;
            // The stem's pooling, where there is one, takes four pixels for each that it gives.
            long pooling = (network.Input.Height == 224 ? 4 * stem.Elements : 0) + last.Elements;
            Assert.Equal(
                (2 * row.GetProperty("batchNormElements").GetInt64()) + row.GetProperty("reluElements").GetInt64() + pooling + network.Classes,
                network.MultiplyAddsWithNormAndActivation - network.MultiplyAdds);
        }
    }
}
