using System.Runtime.InteropServices;
using ResNetGen.Architecture;
using ResNetGen.Tests.Data;
using ResNetGen.Weights;
using ResNetGen.Weights.PyTorch;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Tests.Weights;

[ResNet(Depth = 18, Height = 64, Width = 64), Pretrained("resnet18")]
public sealed partial class ImageNet18;

[ResNet(Depth = 18, Height = 64, Width = 64, Classes = 7), Pretrained("resnet18", ReplaceHead = true)]
public sealed partial class Pets18;

[ResNet(Depth = 18, Height = 64, Width = 64, Classes = 0), Pretrained("resnet18")]
public sealed partial class Backbone18;

[ResNet(Depth = 18, Height = 64, Width = 64)]
public sealed partial class FromScratch18;

/// <summary>Published weights into a network: all of them, or none.</summary>
public sealed class PretrainedTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly DisposeScope scope = NewDisposeScope();

    [Fact]
    public void A_file_of_the_published_network_fills_every_tensor()
    {
        using ImageNet18 from = ImageNet18.Create(), to = ImageNet18.Create();
        foreach (Tensor tensor in from.buffers())
            tensor.fill_(3);
        LoadedWeights load = to.LoadPretrained(Save(from.state_dict()));

        Assert.Equal("resnet18", load.Record!.Network);
        Assert.Equal(ImageNet18.Architecture.StateDictEntries, load.Loaded.Count);
        Assert.Empty(load.Fresh);
        AssertEqual(from.state_dict(), to.state_dict());
    }

    [Fact]
    public void A_replaced_head_stays_fresh()
    {
        using ImageNet18 from = ImageNet18.Create();
        using Pets18 to = Pets18.Create();
        Tensor weight = to.Fc.weight!.clone();
        LoadedWeights load = to.LoadPretrained(Save(from.state_dict()));

        Assert.Equal(["fc.bias", "fc.weight"], load.Fresh);
        Assert.Equal(ImageNet18.Architecture.StateDictEntries - 2, load.Loaded.Count);
        Assert.True(allclose(weight, to.Fc.weight!, rtol: 0, atol: 0));
        AssertEqual(Without(from.state_dict(), "fc."), Without(to.state_dict(), "fc."));
    }

    [Fact]
    public void A_network_without_a_head_passes_over_the_file_s()
    {
        using ImageNet18 from = ImageNet18.Create();
        using Backbone18 to = Backbone18.Create();
        LoadedWeights load = to.LoadPretrained(Save(from.state_dict()));

        Assert.Empty(load.Fresh);
        Assert.Equal(Backbone18.Architecture.StateDictEntries, load.Loaded.Count);
        AssertEqual(Without(from.state_dict(), "fc."), to.state_dict());
    }

    [Fact]
    public void Half_precision_and_missing_counters_are_taken()
    {
        using ImageNet18 from = ImageNet18.Create(), to = ImageNet18.Create();
        Dictionary<string, Tensor> half = Without(from.state_dict(), "num_batches_tracked").ToDictionary(each => each.Key, each => each.Value.to(ScalarType.Float16));
        to.LoadPretrained(Save(half));
        Assert.True(allclose(half["conv1.weight"].to(ScalarType.Float32), to.Conv1.weight!, rtol: 0, atol: 0));
        Assert.Equal(ScalarType.Float32, to.Conv1.weight!.dtype);
    }

    /// <summary>A checkpoint of PyTorch's ImageNet example, by torchvision's own keys; entry i repeats the number i / 8, a counter i.</summary>
    [Theory]
    [InlineData("resnet18.pth")]
    [InlineData("checkpoint.pth.tar")]
    public void A_checkpoint_of_PyTorch_fills_every_tensor(string name)
    {
        File.Copy(PyTorchFileTests.Golden("resnet18.pth"), folder[name]);
        using ImageNet18 to = ImageNet18.Create();
        LoadedWeights load = to.LoadPretrained(folder[name]);

        Assert.Equal(ImageNet18.Architecture.StateDictEntries, load.Loaded.Count);
        Dictionary<string, Tensor> state = to.state_dict();
        using PyTorchFile file = PyTorchFile.Open(folder[name]);
        Assert.All(file.Names.Select((key, i) => (Key: key, Number: i)), each =>
        {
            Tensor tensor = state[each.Key];
            Assert.True((tensor == (tensor.dtype == ScalarType.Float32 ? each.Number / 8.0 : each.Number)).all().item<bool>(), each.Key);
        });
        Assert.Equal(1 / 8f, to.Bn1.weight![0].item<float>());
    }

    [Fact]
    public void A_file_of_PyTorch_that_is_damaged_or_does_not_fit_changes_nothing()
    {
        using ImageNet18 to = ImageNet18.Create();
        Dictionary<string, Tensor> before = to.state_dict().ToDictionary(each => each.Key, each => each.Value.clone());
        byte[] whole = File.ReadAllBytes(PyTorchFileTests.Golden("resnet18.pth"));
        // In the counters' storage, which is read after the first weights.
        whole[whole.AsSpan().IndexOf(MemoryMarshal.AsBytes<long>([0, 1, 2, 3, 4]))] ^= 1;
        File.WriteAllBytes(folder["damaged.pth"], whole);

        Assert.Contains("expected the checksum", Assert.Throws<PickleException>(() => to.LoadPretrained(folder["damaged.pth"])).Message, StringComparison.Ordinal);
        string other = Assert.Throws<BadInputException>(() => to.LoadPretrained(PyTorchFileTests.Golden("wrapped.pth"))).Message;
        Assert.Contains("8 not in the network: 0 (weight), 1 (weight, bias, ", other, StringComparison.Ordinal);
        AssertEqual(before, to.state_dict());
    }

    [Fact]
    public void A_file_that_does_not_fit_is_refused_by_entry_and_changes_nothing()
    {
        using ImageNet18 from = ImageNet18.Create(), to = ImageNet18.Create();
        Dictionary<string, Tensor> before = to.state_dict().ToDictionary(each => each.Key, each => each.Value.clone());
        Dictionary<string, Tensor> wrong = from.state_dict();
        wrong.Remove("layer2.0.conv1.weight");
        wrong["layer9.conv1.weight"] = zeros(3);
        wrong["bn1.bias"] = zeros(65);
        wrong["bn1.weight"] = zeros([64], dtype: ScalarType.Int64);
        string path = Save(wrong);

        BadInputException refused = Assert.Throws<BadInputException>(() => to.LoadPretrained(path));
        Assert.Equal(
            $"{path} does not fit ImageNet18, which starts from torchvision's resnet18: 1 not in the file: layer2.0.conv1 (weight); 1 not in the network: layer9.conv1 (weight); " +
            "2 of another shape or element type: bn1.weight is I64 [64] in the file and F32 [64] in the network, bn1.bias is F32 [65] in the file and F32 [64] in the network. " +
            "Nothing was copied. Give the file of the weights that [Pretrained] names, or name those of the file.",
            refused.Message);
        AssertEqual(before, to.state_dict());
    }

    [Fact]
    public void A_head_of_other_classes_is_refused_where_it_is_not_to_be_replaced()
    {
        using Pets18 from = Pets18.Create();
        using ImageNet18 to = ImageNet18.Create();
        string message = Assert.Throws<BadInputException>(() => to.LoadPretrained(Save(from.state_dict()))).Message;
        Assert.Contains("2 of another shape or element type: ", message, StringComparison.Ordinal);
        Assert.Contains("fc.weight is F32 [7, 512] in the file and F32 [1000, 512] in the network", message, StringComparison.Ordinal);
        Assert.Contains("LoadOptions.ReplaceHead = true loads all the others and leaves fc as it is", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_that_says_nothing_of_weights_loads_none()
    {
        using FromScratch18 net = FromScratch18.Create();
        Assert.Contains("[Pretrained(\"…\")]", Assert.Throws<InvalidOperationException>(() => net.LoadPretrained("any.safetensors")).Message, StringComparison.Ordinal);
        Assert.Null(PretrainedWeights.Of<FromScratch18>());
    }

    [Fact]
    public void A_network_knows_how_its_images_were_prepared()
    {
        PretrainedModel model = PretrainedWeights.Of<Pets18>()!;
        Assert.Equal([0.485, 0.456, 0.406], model.Mean);
        Assert.Equal([0.229, 0.224, 0.225], model.Deviation);
        Assert.Equal((256, 224, 1000), (model.Resize, model.Crop, model.Classes));
    }

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    private string Save(IEnumerable<KeyValuePair<string, Tensor>> state)
    {
        string path = folder["weights.safetensors"];
        Safetensors.Save(path, state);
        return path;
    }

    private static IEnumerable<KeyValuePair<string, Tensor>> Without(Dictionary<string, Tensor> state, string part) =>
        state.Where(each => !each.Key.Contains(part, StringComparison.Ordinal));

    private static void AssertEqual(IEnumerable<KeyValuePair<string, Tensor>> expected, IEnumerable<KeyValuePair<string, Tensor>> actual)
    {
        Dictionary<string, Tensor> found = actual.ToDictionary(each => each.Key, each => each.Value);
        Assert.All(expected, each => Assert.True(allclose(each.Value, found[each.Key], rtol: 0, atol: 0), each.Key));
    }
}
