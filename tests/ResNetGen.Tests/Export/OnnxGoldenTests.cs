using System.Security.Cryptography;
using System.Text.Json;
using ResNetGen.Export;
using static TorchSharp.torch;

namespace ResNetGen.Tests.Export;

/// <summary>
/// Exported files are those that ONNX Runtime has run, byte for byte, and our forward gives what it gave: tests/onnx/check.sh runs
/// them and writes the golden file. Whoever changes the exporter runs it again.
/// </summary>
public sealed class OnnxGoldenTests : IDisposable
{
    private static readonly JsonElement s_golden = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Export", "onnx.golden.json"))).RootElement.GetProperty("networks");

    private readonly string _folder = Directory.CreateTempSubdirectory("resnetgen-onnx-").FullName;

    public static TheoryData<string> Names => [.. OnnxCase.Small.Select(static each => each.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_file_is_the_one_that_ran_and_its_results_are_ours(string name)
    {
        OnnxCase network = OnnxCase.Small.Single(each => each.Name == name);
        JsonElement golden = s_golden.GetProperty(name);
        using nn.Module<Tensor, Tensor> module = network.Filled();
        Assert.Equal(golden.GetProperty("sha256").GetString(), Exported(network, module, fold: false));
        Assert.Equal(golden.GetProperty("sha256_folded").GetString(), Exported(network, module, fold: true));

        float[] ours = network.Forward(module, OnnxCase.Batch);
        float largest = golden.GetProperty("largest").GetSingle();
        float[] samples = [.. golden.GetProperty("samples").EnumerateArray().Select(static each => each.GetSingle())];
        Assert.NotEmpty(samples);
        Assert.Equal(golden.GetProperty("count").GetInt32(), ours.Length);
        for (int i = 0; i < samples.Length; i++)
        {
            float found = ours[(int)((long)i * ours.Length / samples.Length)];
            Assert.True(Math.Abs(found - samples[i]) <= 1e-4f * largest, $"{name}, sample {i}: ONNX Runtime gave {samples[i]}, we give {found}");
        }
    }

    [Fact]
    public void Every_network_of_the_golden_file_is_still_tested() =>
        Assert.Equal(s_golden.EnumerateObject().Select(static each => each.Name), OnnxCase.Small.Select(static each => each.Name));

    private string Exported(OnnxCase network, nn.Module<Tensor, Tensor> module, bool fold)
    {
        string path = Path.Combine(_folder, $"{network.Name}.onnx");
        module.ExportOnnx(network.Architecture, path, new OnnxExportOptions { FoldBatchNorm = fold });
        return Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
