using ResNetGen.Checkpoints;
using ResNetGen.Tests.Data;
using ResNetGen.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Tests.Weights;

/// <summary>Names and shapes: what is loaded, what is not, and what is said of it.</summary>
public sealed class LoadWeightsTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly DisposeScope scope = NewDisposeScope();

    [Fact]
    public void What_was_saved_is_loaded_bit_for_bit()
    {
        using Small8 from = Small8.Create(), to = Small8.Create();
        from.SaveWeights(folder["a.safetensors"]);
        LoadedWeights loaded = to.LoadWeights(folder["a.safetensors"]);

        AssertSame(from, to);
        Assert.Equal(Small8.Architecture.StateDict.Select(entry => entry.Key).Order(), loaded.Loaded.Order());
        Assert.Equal("Small8", loaded.Record!.Network);
        Assert.Empty(loaded.Notes);
        Assert.Equal($"Small8: {Small8.Architecture.StateDictEntries} entries from {folder["a.safetensors"]}", loaded.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("module.")]
    [InlineData("_orig_mod.module.")]
    [InlineData("model.")]
    public void Prefixes_of_other_programs_are_taken_off(string prefix)
    {
        using Small8 from = Small8.Create(), to = Small8.Create();
        Save("a.safetensors", from.state_dict().Select(entry => KeyValuePair.Create(prefix + entry.Key, entry.Value)));
        LoadedWeights loaded = to.LoadWeights(folder["a.safetensors"]);
        AssertSame(from, to);
        Assert.Null(loaded.Record);
        Assert.Equal(
            "the file says nothing of its network: taken for Small8's own, in which \"zeros\" is End (after the other channels); nor how its pictures were normalised",
            Assert.Single(loaded.Notes));
    }

    [Fact]
    public void A_prefix_that_is_not_everywhere_stays()
    {
        using Small8 from = Small8.Create(), to = Small8.Create();
        Save("a.safetensors", from.state_dict().Select(entry => KeyValuePair.Create(entry.Key == "fc.bias" ? "fc.bias" : "module." + entry.Key, entry.Value)));
        Assert.Contains("not in the network: module.", Refusal(to, "a.safetensors"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_deeper_network_takes_what_fits_where_that_is_asked_for()
    {
        using Small8 from = Small8.Create();
        using Small14 to = Small14.Create();
        Tensor untouched = to.Layer1[1].Conv1.weight!.clone();
        from.SaveWeights(folder["a.safetensors"]);

        string refusal = Refusal(to, "a.safetensors");
        Assert.Contains("30 not in the file: layer1.1.conv1 (weight), layer1.1.bn1 (weight, bias, running_mean, running_var), ", refusal, StringComparison.Ordinal);
        Assert.Contains("The file is of Small8 (input=3x32x32;classes=10;stem=Cifar-16;block=Basic;stages=1,1,1;", refusal, StringComparison.Ordinal);
        Assert.Contains("LoadOptions.Strict = false copies what fits", refusal, StringComparison.Ordinal);

        LoadedWeights loaded = to.LoadWeights(folder["a.safetensors"], new() { Strict = false });
        Assert.Equal(Small8.Architecture.StateDictEntries, loaded.Loaded.Count);
        Assert.Equal(30, loaded.Missing.Count);
        Assert.Empty(loaded.Unexpected);
        Assert.Equal(from.Layer2[0].Conv1.weight!.bytes.ToArray(), to.Layer2[0].Conv1.weight!.bytes.ToArray());
        Assert.Equal(untouched.bytes.ToArray(), to.Layer1[1].Conv1.weight!.bytes.ToArray());
        Assert.Contains("\n  missing: layer1.1.", loaded.ToString(), StringComparison.Ordinal);

        // The other way there is too much.
        to.SaveWeights(folder["b.safetensors"]);
        LoadedWeights less = from.LoadWeights(folder["b.safetensors"], new() { Strict = false });
        Assert.Equal(36, less.Unexpected.Count);
        Assert.Empty(less.Missing);
    }

    [Fact]
    public void A_file_of_which_nothing_fits_is_refused_whatever_is_asked_for()
    {
        using Small8 to = Small8.Create();
        Save("a.safetensors", [new("encoder.weight", zeros(3)), new("encoder.bias", zeros(3))]);
        Assert.Contains("no entry fits Small8: ", Refusal(to, "a.safetensors", new() { Strict = false }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_head_of_other_classes_is_replaced_where_that_is_asked_for()
    {
        using Small8 from = Small8.Create();
        using SmallOfFour to = SmallOfFour.Create();
        byte[] head = to.Fc.weight!.bytes.ToArray();
        from.SaveWeights(folder["a.safetensors"]);
        Assert.Contains("Only the head differs: LoadOptions.ReplaceHead = true", Refusal(to, "a.safetensors"), StringComparison.Ordinal);

        LoadedWeights loaded = to.LoadWeights(folder["a.safetensors"], new() { ReplaceHead = true });
        Assert.Equal(["fc.bias", "fc.weight"], loaded.Fresh);
        Assert.Equal(head, to.Fc.weight!.bytes.ToArray());
        Assert.Equal(from.Conv1.weight!.bytes.ToArray(), to.Conv1.weight!.bytes.ToArray());
    }

    /// <summary>What a network with [Pretrained(ReplaceHead = true)] has learnt since is its own, head and all.</summary>
    [Fact]
    public void A_head_that_was_replaced_and_trained_comes_back()
    {
        using Pets18 from = Pets18.Create(), to = Pets18.Create();
        from.SaveWeights(folder["a.safetensors"]);
        Assert.Empty(to.LoadWeights(folder["a.safetensors"]).Fresh);
        AssertSame(from, to);

        using Pets18 again = Pets18.Create();
        Save("b.safetensors", from.state_dict());
        Assert.Empty(again.LoadWeights(folder["b.safetensors"]).Fresh);
        AssertSame(from, again);
    }

    [Fact]
    public void A_backbone_passes_over_the_head()
    {
        using Small8 from = Small8.Create();
        using SmallBackbone to = SmallBackbone.Create();
        from.SaveWeights(folder["a.safetensors"]);
        Assert.Equal(SmallBackbone.Architecture.StateDictEntries, to.LoadWeights(folder["a.safetensors"]).Loaded.Count);
    }

    [Fact]
    public void A_layer_of_another_name_is_found_and_renamed()
    {
        using Small8 from = Small8.Create(), to = Small8.Create();
        Save("a.safetensors", from.state_dict().Select(entry => KeyValuePair.Create(entry.Key.Replace("fc.", "linear.", StringComparison.Ordinal), entry.Value)));
        Assert.Contains("LoadOptions.Rename = { [\"linear\"] = \"fc\" }", Refusal(to, "a.safetensors"), StringComparison.Ordinal);
        to.LoadWeights(folder["a.safetensors"], new() { Rename = new Dictionary<string, string> { ["linear"] = "fc" } });
        AssertSame(from, to);

        Assert.Contains("has no layer head, which LoadOptions.Rename names",
            Refusal(to, "a.safetensors", new() { Rename = new Dictionary<string, string> { ["head"] = "fc" } }), StringComparison.Ordinal);
        Assert.Contains("\"linear.weight\" and \"conv1.weight\" would both be \"conv1.weight\"",
            Refusal(to, "a.safetensors", new() { Rename = new Dictionary<string, string> { ["linear"] = "conv1" } }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_is_a_file_of_weights()
    {
        using Small8 last = Small8.Create(), average = Small8.Create(), to = Small8.Create();
        SaveCheckpoint("plain.safetensors", last, []);
        SaveCheckpoint("averaged.safetensors", last, average.state_dict());

        LoadedWeights loaded = to.LoadWeights(folder["plain.safetensors"]);
        AssertSame(last, to);
        Assert.Equal(Small8.Architecture.Fingerprint, loaded.Record!.Architecture);
        Assert.Contains("holds no running average", Refusal(to, "plain.safetensors", new() { Averaged = true }), StringComparison.Ordinal);

        Assert.Contains("these are the running average", Assert.Single(to.LoadWeights(folder["averaged.safetensors"]).Notes), StringComparison.Ordinal);
        AssertSame(average, to);
        Assert.Empty(to.LoadWeights(folder["averaged.safetensors"], new() { Averaged = false }).Notes);
        AssertSame(last, to);
    }

    [Fact]
    public void A_damaged_checkpoint_changes_nothing()
    {
        using Small8 from = Small8.Create(), to = Small8.Create();
        SaveCheckpoint("a.safetensors", from, []);
        byte[] bytes = File.ReadAllBytes(folder["a.safetensors"]);
        bytes[^5] ^= 1;
        File.WriteAllBytes(folder["a.safetensors"], bytes);
        byte[] before = to.Conv1.weight!.bytes.ToArray();
        Assert.Contains("it is damaged: its checksum is", Refusal(to, "a.safetensors"), StringComparison.Ordinal);
        Assert.Equal(before, to.Conv1.weight!.bytes.ToArray());
    }

    [Fact]
    public void The_format_is_told_by_what_the_file_holds()
    {
        using Small8 from = Small8.Create(), to = Small8.Create();
        Save("weights.bin", from.state_dict());
        to.LoadWeights(folder["weights.bin"]);
        AssertSame(from, to);
        File.Copy(PyTorchFileTests.Golden("wrapped.pth"), folder["weights"]);
        Assert.Contains("8 not in the network: 0 (weight), ", Refusal(to, "weights"), StringComparison.Ordinal);
        File.Copy(PyTorchFileTests.Golden("checkpoint_legacy.pth"), folder["old.safetensors"]);
        Assert.Contains("8 not in the network: 0 (weight), ", Refusal(to, "old.safetensors"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_is_refused_as_it_is_asked_for()
    {
        using Small8 net = Small8.Create();
        Assert.Contains("Name it weights.safetensors", Assert.Throws<BadInputException>(() => net.SaveWeights("weights.pth")).Message, StringComparison.Ordinal);
        Assert.Contains("10 classes apart, got 1 names", Assert.Throws<ArgumentException>(() => net.SaveWeights(folder["a.safetensors"], classNames: ["cat"])).Message, StringComparison.Ordinal);
        Assert.Contains("found \"strides\"", Assert.Throws<ArgumentException>(() => net.LoadWeights("a.safetensors", new() { Allow = ["strides"] })).Message, StringComparison.Ordinal);
        Assert.Contains("does not exist", Refusal(net, "none.safetensors"), StringComparison.Ordinal);
        Assert.Contains("does not exist", Refusal(net, "none.pth"), StringComparison.Ordinal);
        Assert.Contains("does not exist", Refusal(net, "none.dat"), StringComparison.Ordinal);
        Save("plain.safetensors", net.state_dict());
        Assert.Contains("one set of weights", Refusal(net, "plain.safetensors", new() { Averaged = true }), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    internal static void AssertSame(nn.Module expected, nn.Module actual)
    {
        Dictionary<string, Tensor> found = actual.state_dict();
        Assert.All(expected.state_dict(), entry => Assert.True(entry.Value.bytes.SequenceEqual(found[entry.Key].bytes), entry.Key));
    }

    private string Refusal<TNetwork>(TNetwork to, string name, LoadOptions? options = null) where TNetwork : nn.Module<Tensor, Tensor>, INetwork<TNetwork>
    {
        string message = Assert.ThrowsAny<BadInputException>(() => to.LoadWeights(folder[name], options)).Message;
        Assert.Contains(folder[name], message, StringComparison.Ordinal);
        return message;
    }

    private void Save(string name, IEnumerable<KeyValuePair<string, Tensor>> tensors) => Safetensors.Save(folder[name], tensors);

    private void SaveCheckpoint(string name, Small8 network, Dictionary<string, Tensor> average) => CheckpointFile.Save(folder[name], new TrainingState
    {
        Identity = new RunIdentity
        {
            Network = "Small8", Architecture = Small8.Architecture.Fingerprint, WeightedLayers = 8, Dataset = "none", DatasetFingerprint = "", TestFingerprint = "",
            Seed = 1, BatchSize = 2, Recipe = "none",
        },
        Position = new TrainingPosition(1, 0, 1, 2),
        Model = network.state_dict(),
        Averages = average,
        Optimizer = new Dictionary<string, Tensor> { ["conv1.weight.momentum_buffer"] = ones(3) },
    });
}
