using System.Text.Json;

namespace ResNetGen.Architecture.Tests;

/// <summary>Holds every count against Data/counts.json, which another counter computed.</summary>
public class CountTests
{
    private static readonly JsonElement s_rows = Read();

    public static TheoryData<int, string> Rows()
    {
        var rows = new TheoryData<int, string>();
        for (int i = 0; i < s_rows.GetArrayLength(); i++)
            rows.Add(i, s_rows[i].GetProperty("name").GetString()! + " " + s_rows[i].GetProperty("spec").GetProperty("family").GetString());

        return rows;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void CountsAreThoseOfTheIndependentCounter(int index, string name)
    {
        JsonElement row = s_rows[index];
        NetworkArchitecture network = SpecReader.Read(row.GetProperty("spec")).Build();
        Cost cost = network.Cost;

        Assert.Equal(
            name + ": " + string.Join(", ", Columns.Select(column => $"{column} {row.GetProperty(column).GetInt64()}")),
            name + ": " + string.Join(", ", Columns.Zip(
                [
                    network.ParameterCount, network.MultiplyAdds, network.BufferCount, network.StateDictEntries,
                    network.WeightedLayers, cost.ParameterTensors, cost.Convolutions, cost.BatchNorms,
                ],
                (column, value) => $"{column} {value}")));
        Assert.Equal(2 * network.MultiplyAdds, network.Flops);
    }

    /// <summary>Networks that keep nothing but what convolutions, normalisations and ReLUs read.</summary>
    public static TheoryData<int, string> RowsWithoutFactors()
    {
        var rows = new TheoryData<int, string>();
        foreach (object[] row in Rows())
        {
            (int index, string name) = ((int)row[0], (string)row[1]);
            if (!name.Contains("VGG", StringComparison.Ordinal) && !name.Contains("gated", StringComparison.Ordinal)
                && !name.StartsWith("SE-", StringComparison.Ordinal))
            {
                rows.Add(index, name);
            }
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(RowsWithoutFactors))]
    public void SavedActivationsAreTheOutputsOfConvolutionsAndReLUsAndTheMapsBetweenThem(int index, string name)
    {
        JsonElement row = s_rows[index];
        NetworkArchitecture network = SpecReader.Read(row.GetProperty("spec")).Build();

        // Beside them: the image, the stem's pooling (its output and a byte for each of its elements; not the rectified map of four times its size
        // that it takes), and the classifier's input.
        long pooled = network.Input.Height == 224 ? network.Stages[0].Input.Elements : 0;
        long elements = row.GetProperty("batchNormElements").GetInt64() + row.GetProperty("reluElements").GetInt64()
            + network.Input.Elements + pooled - (4 * pooled) + network.Stages[^1].Channels;
        // Each normalisation keeps its batch's mean and deviation: as many numbers as it has running ones.
        foreach (int batch in new[] { 1, 16 })
        {
            long expected = (4 * ((elements * batch) + row.GetProperty("buffers").GetInt64())) + (pooled * batch);
            long saved = network.SavedActivationBytes(TrainingPrecision.Float32, batch);
            Assert.True(expected == saved, $"{name}: expected {expected}, got {saved}");
        }
    }

    // MiB an image at 224×224, summed over the distinct storages that PyTorch's autograd held for torchvision's networks. Its pooling keeps the map that
    // it takes, four times as large as what it gives, and for each output an index of 8 bytes instead of 1.
    [Theory]
    [InlineData(18, 21.2)]
    [InlineData(34, 30.8)]
    [InlineData(50, 82.0)]
    [InlineData(101, 121.2)]
    [InlineData(152, 169.5)]
    public void SavedActivationsAreWithinOnePercentOfWhatPyTorchHolds(int depth, double mebibytes)
    {
        NetworkArchitecture network = new ResNetSpec { Depth = depth, Stride = depth < 50 ? null : StridePlacement.Conv3x3 }.Build();
        long pooled = network.Stages[0].Input.Elements;
        double ours = (network.SavedActivationBytes(TrainingPrecision.Float32, 1) + (4 * 4 * pooled) + (7 * pooled)) / 1048576.0;
        Assert.InRange(ours, mebibytes * 0.99, mebibytes * 1.01);
    }

    private static string[] Columns { get; } =
    [
        "parameters", "multiplyAdds", "buffers", "stateDictEntries", "weightedLayers", "parameterTensors", "convolutions", "batchNorms",
    ];

    private static JsonElement Read()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Data", "counts.json");
        return JsonDocument.Parse(File.ReadAllText(path)).RootElement.GetProperty("networks");
    }
}
