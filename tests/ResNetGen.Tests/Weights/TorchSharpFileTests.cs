using System.Text;
using ResNetGen.Tests.Data;
using ResNetGen.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Tests.Weights;

/// <summary>TorchSharp's own format, as Module.save writes it and by the bytes.</summary>
public sealed class TorchSharpFileTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly DisposeScope scope = NewDisposeScope();

    [Fact]
    public void What_Module_save_wrote_is_loaded()
    {
        using Small8 from = Small8.Create(), to = Small8.Create();
        from.save(folder["net.dat"]);
        LoadedWeights loaded = to.LoadWeights(folder["net.dat"]);
        LoadWeightsTests.AssertSame(from, to);
        Assert.Equal(Small8.Architecture.StateDictEntries, loaded.Loaded.Count);
        Assert.StartsWith("the file says nothing of its network", Assert.Single(loaded.Notes), StringComparison.Ordinal);
    }

    /// <summary>The head that the format's description gives: a count, "0.weight", Float32, two dimensions; then other types.</summary>
    [Fact]
    public void The_format_is_read_byte_by_byte()
    {
        byte[] bytes =
        [
            3, 8, .. "0.weight"u8, 6, 2, 2, 2, .. new byte[12], 0, 0, 128, 63,
            5, .. "steps"u8, 4, 0, 44, 1, 0, 0, 0, 0, 0, 0,
            6, .. Encoding.UTF8.GetBytes("größ"), 15, 2, 0, 0xac, 2,
        ];
        File.WriteAllBytes(folder["a.dat"], bytes);
        using IWeightFile file = WeightFile.Open(folder["a.dat"]);
        Assert.Equal(["0.weight F32 2 2", "steps I64 ", "größ BF16 0 300"], file.Entries.Select(entry => $"{entry.Name} {entry.Dtype} {string.Join(' ', entry.Shape)}"));
        Assert.Equal([0f, 0, 0, 1], file.Read("0.weight").data<float>().ToArray());
        Assert.Equal(300, file.Read("steps").item<long>());
        Assert.Equal([0, 300], file.Read("größ").shape);
    }

    /// <summary>Against a file of the official TorchSharp's layout that tests of the provider hold, too.</summary>
    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        using nn.Module<Tensor, Tensor> net = nn.Linear(2, 2);
        net.save(folder["whole.dat"]);
        byte[] whole = File.ReadAllBytes(folder["whole.dat"]);
        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(folder["cut.dat"], whole[..length]);
            Assert.StartsWith(folder["cut.dat"], Assert.Throws<BadInputException>(() => WeightFile.Open(folder["cut.dat"])).Message, StringComparison.Ordinal);
        }
    }

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }
}
