namespace ResNetGen.LibTorch.Tests.Nn;

using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>TorchSharp's own file format, byte for byte, and state dicts.</summary>
public sealed class StateFileTests
{
    // nn_module.dat was written by the Python script from the format's description.
    private static readonly (string Key, long[] Shape, int Seed)[] Entries =
    [
        ("conv.weight", [3, 2, 3, 3], 1), ("conv.bias", [3], 2), ("bn.weight", [3], 3), ("bn.bias", [3], 4),
        ("bn.running_mean", [3], 5), ("bn.running_var", [3], 6),
    ];

    private static Sequential Net() => Sequential(("conv", Conv2d(2, 3, 3)), ("bn", BatchNorm2d(3)));

    private static byte[] Saved(nn.Module module, IList<string>? skip = null)
    {
        using var stream = new MemoryStream();
        module.save(stream, skip);
        return stream.ToArray();
    }

    [Fact]
    public void Load_reads_a_file_of_the_format()
    {
        using var scope = NewDisposeScope();
        using var net = Net();
        var found = new Dictionary<string, bool>();
        Assert.Same(net, net.load(Golden.Path("nn_module.dat"), loadedParameters: found));
        var state = net.state_dict();
        foreach (var (key, shape, seed) in Entries)
            Assert.Equal(Golden.Values(Golden.Fill(shape, seed)), Golden.Values(state[key]));
        Assert.Equal(300, state["bn.num_batches_tracked"].item<long>());
        Assert.Equal(7, found.Count);
        Assert.All(found.Values, Assert.True);
        Assert.True(state["conv.weight"].requires_grad);
    }

    [Fact]
    public void Save_writes_the_same_bytes()
    {
        using var scope = NewDisposeScope();
        var golden = File.ReadAllBytes(Golden.Path("nn_module.dat"));
        using var net = Net();
        net.load(new MemoryStream(golden));
        Assert.Equal(golden, Saved(net));
    }

    [Fact]
    public void A_file_on_disk_goes_there_and_back()
    {
        string path = Path.Combine(Path.GetTempPath(), $"nn-{Guid.NewGuid():N}.dat");
        try
        {
            using var first = Net();
            using var second = Net();
            Assert.Same(first, first.save(path));
            second.load(path);
            Assert.Equal(Saved(first), Saved(second));
            Assert.IsType<FileNotFoundException>(Record.Exception(() => second.load(path + ".none")));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void All_types_go_there_and_back()
    {
        using var scope = NewDisposeScope();
        foreach (var type in new[] { ScalarType.Byte, ScalarType.Int8, ScalarType.Int16, ScalarType.Int32, ScalarType.Int64, ScalarType.Float16, ScalarType.Float32, ScalarType.Float64, ScalarType.Bool, ScalarType.BFloat16 })
        {
            var values = new Dictionary<string, Tensor> { ["x"] = tensor(new[] { 0, 1, 1, 0 }).to(type).reshape(2, 2) };
            using var stream = new MemoryStream();
            nn.Module.save_state_dict(new BinaryWriter(stream), values);
            Assert.Equal(1 + 2 + 2 + 2 + 4 * values["x"].ElementSize, stream.Length);
            Assert.Equal((byte)type, stream.ToArray()[3]);

            using var target = ParameterList();
            target.register_buffer("x", zeros(2, 2).to(type));
            target.load(new MemoryStream(stream.ToArray()));
            Assert.Equal(new double[] { 0, 1, 1, 0 }, Golden.Values(target.get_buffer("x")!));
        }
    }

    [Fact]
    public void Load_refuses_what_does_not_match()
    {
        using var net = Net();
        var golden = File.ReadAllBytes(Golden.Path("nn_module.dat"));
        using var small = Linear(2, 2);
        Assert.Equal("Mismatched state_dict sizes: expected 2, but found 7 entries.",
            Assert.Throws<ArgumentException>(() => small.load(new MemoryStream(golden))).Message);
        using var other = Sequential(("conv", Conv2d(2, 3, 3)), ("norm", BatchNorm2d(3)));
        Assert.Contains("'bn.weight'", Assert.Throws<ArgumentException>(() => other.load(new MemoryStream(golden))).Message);
        using var wide = Sequential(("conv", Conv2d(2, 4, 3)), ("bn", BatchNorm2d(3)));
        Assert.Throws<ArgumentException>(() => wide.load(new MemoryStream(golden)));
        using var fine = Net().to(ScalarType.Float64);
        Assert.Throws<ArgumentException>(() => fine.load(new MemoryStream(golden)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(300)]
    public void A_file_cut_short_is_an_error(int length)
    {
        using var net = Net();
        var golden = File.ReadAllBytes(Golden.Path("nn_module.dat"));
        Assert.ThrowsAny<Exception>(() => net.load(new MemoryStream(golden[..length])));
    }

    [Fact]
    public void Skip_leaves_an_entry_as_it_was()
    {
        using var scope = NewDisposeScope();
        using var net = Net();
        init.ones_(net.get_parameter("conv.weight") ?? net.state_dict()["conv.weight"]);
        net.load(Golden.Path("nn_module.dat"), skip: ["conv.weight"]);
        Assert.Equal(1, net.state_dict()["conv.weight"].mean().item<float>());
        Assert.Equal(Golden.Values(Golden.Fill([3], 2)), Golden.Values(net.state_dict()["conv.bias"]));
        Assert.Equal(6, Saved(net, ["conv.weight"])[0]);
    }

    [Fact]
    public void Not_strict_takes_what_it_finds()
    {
        using var scope = NewDisposeScope();
        using var other = Sequential(("conv", Conv2d(2, 3, 3)), ("norm", BatchNorm2d(3)));
        var found = new Dictionary<string, bool>();
        other.load(Golden.Path("nn_module.dat"), strict: false, loadedParameters: found);
        Assert.Equal(Golden.Values(Golden.Fill([3], 2)), Golden.Values(other.state_dict()["conv.bias"]));
        Assert.True(found["conv.weight"]);
        Assert.False(found["bn.weight"]);
    }

    [Fact]
    public void Load_state_dict_copies_and_reports()
    {
        using var scope = NewDisposeScope();
        using var net = Net();
        var source = net.state_dict().ToDictionary(e => e.Key, e => e.Value.detach().clone().fill_(2));
        var (missing, unexpected) = net.load_state_dict(source);
        Assert.Empty(missing);
        Assert.Empty(unexpected);
        Assert.All(net.state_dict().Values, t => Assert.All(Golden.Values(t), v => Assert.Equal(2, v)));

        source.Remove("conv.bias");
        source["extra"] = ones(1);
        Assert.Equal("The loaded state_dict is not identical to the target dictionary.",
            Assert.Throws<InvalidOperationException>(() => net.load_state_dict(source)).Message);
        (missing, unexpected) = net.load_state_dict(source, strict: false);
        Assert.Equal(["conv.bias"], missing);
        Assert.Equal(["extra"], unexpected);
        (missing, unexpected) = net.load_state_dict(source, strict: true, skip: ["conv.bias", "extra"]);
        Assert.Empty(missing.Concat(unexpected));
    }

    private sealed class Net2 : nn.Module<Tensor, Tensor>
    {
        public Linear fc = Linear(2, 2);

        public Net2() : base("net2") => RegisterComponents();

        public override Tensor forward(Tensor x) => fc.call(x);
    }

    [Fact]
    public void Create_makes_a_module_from_its_file()
    {
        string path = Path.Combine(Path.GetTempPath(), $"nn-{Guid.NewGuid():N}.dat");
        try
        {
            using var first = new Net2();
            first.save(path);
            using var second = nn.Module.Create<Net2>(path);
            Assert.Equal(Saved(first), Saved(second));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
