using System.Globalization;
using System.Text.Json;
using ResNetGen.Architecture;
using ResNetGen.Tests.Families.Counted;

namespace ResNetGen.Tests.Families;

/// <summary>
/// Holds what the compiler has counted against counts.json, which another counter computed, and against the papers' own
/// rounded figures.
/// </summary>
public class CountTests
{
    private static readonly JsonElement s_rows = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Families", "counts.json"))).RootElement.GetProperty("networks");

    public static TheoryData<int, string> Rows()
    {
        var rows = new TheoryData<int, string>();
        for (int i = 0; i < s_rows.GetArrayLength(); i++)
            rows.Add(i, s_rows[i].GetProperty("name").GetString()!);

        return rows;
    }

    [Fact]
    public void EveryRowHasACompiledNetwork() => Assert.Equal(s_rows.GetArrayLength(), CountedNetwork.All.Count);

    [Theory]
    [MemberData(nameof(Rows))]
    public void ConstantsAndArchitectureAreTheCounters(int index, string name)
    {
        JsonElement row = s_rows[index];
        (string type, long[] constants, NetworkArchitecture network) = CountedNetwork.All[index];
        long Expected(string column) => row.GetProperty(column).GetInt64();
        Assert.Equal(
            Text(name, type, Expected("parameters"), Expected("multiplyAdds"), 2 * Expected("multiplyAdds"), Expected("weightedLayers")),
            Text(name, type, constants));
        Assert.Equal(
            Text(name, type, Expected("buffers"), Expected("stateDictEntries"), Expected("parameterTensors"), Expected("convolutions"), Expected("batchNorms")),
            Text(name, type, network.BufferCount, network.StateDictEntries, network.Cost.ParameterTensors, network.Cost.Convolutions, network.Cost.BatchNorms));
    }

    // He et al. 2015, table 1: FLOPs are multiply-adds, the stride is on the first 1×1.
    [Theory]
    [InlineData(ResNet18A.MultiplyAdds, 1.8)]
    [InlineData(ResNet34A.MultiplyAdds, 3.6)]
    [InlineData(ResNet50B.MultiplyAdds, 3.8)]
    [InlineData(ResNet101B.MultiplyAdds, 7.6)]
    [InlineData(ResNet152B.MultiplyAdds, 11.3)]
    public void FlopsAreThoseOfThePapersFirstTable(long multiplyAdds, double billions) =>
        // The paper cuts 3.858 to 3.8.
        Assert.InRange(multiplyAdds / 1e9, billions - 0.05, billions + 0.06);

    // He et al. 2015, table 6.
    [Theory]
    [InlineData(Cifar20.ParameterCount, "0.27")]
    [InlineData(Cifar32.ParameterCount, "0.46")]
    [InlineData(Cifar44.ParameterCount, "0.66")]
    [InlineData(Cifar56.ParameterCount, "0.85")]
    [InlineData(Cifar110.ParameterCount, "1.7")]
    [InlineData(Cifar1202.ParameterCount, "19.4")]
    public void ParametersAreThoseOfThePapersSixthTable(long parameters, string millions)
    {
        int digits = millions.Length - millions.IndexOf('.') - 1;
        Assert.Equal(millions, (parameters / 1e6).ToString($"F{digits}", CultureInfo.InvariantCulture));
    }

    private static string Text(string name, string type, params long[] counts) => $"{name} ({type}): {string.Join(", ", counts)}";
}
