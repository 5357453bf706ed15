namespace ResNetGen.LibTorch.Tests.Optim;

using ResNetGen.LibTorch.Tests.Nn;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

/// <summary>The optimizers' file format, byte for byte, and what a loaded state does.</summary>
public sealed class OptimizerStateTests
{
    private static byte[] Saved(OptimizerHelper optimizer)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        optimizer.save_state_dict(writer);
        return stream.ToArray();
    }

    private static SGD Sgd(Parameter[] parameters) => optim.SGD(parameters, 0.1, momentum: 0.9, weight_decay: 0.01);

    private static Adam Adam(Parameter[] parameters) => optim.Adam(parameters, 0.01, 0.8, 0.99, weight_decay: 0.1, amsgrad: true);

    [Fact]
    public void Sgd_saves_the_bytes_of_the_format()
    {
        using var scope = NewDisposeScope();
        var parameters = OptimizerTests.TwoParameters();
        using var sgd = Sgd(parameters);
        parameters[0].grad = Golden.Fill([3, 2], 3);
        sgd.step();
        var golden = File.ReadAllBytes(Golden.Path("nn_sgd.dat"));
        Same(golden, Saved(sgd), 46); // what precedes the floats of the momentum buffer
    }

    [Fact]
    public void Adam_saves_the_bytes_of_the_format()
    {
        using var scope = NewDisposeScope();
        var parameters = OptimizerTests.TwoParameters();
        using var adam = Adam(parameters);
        for (int i = 0; i < 2; i++)
            parameters[i].grad = Golden.Fill(parameters[i].shape, 3 + i);
        adam.step();
        Same(File.ReadAllBytes(Golden.Path("nn_adam.dat")), Saved(adam), 57);
    }

    // Bytes are equal except that a float may differ in its last bits where processors fuse differently.
    private static void Same(byte[] golden, byte[] actual, int head)
    {
        Assert.Equal(golden.Length, actual.Length);
        Assert.Equal(golden[..head], actual[..head]);
        int different = golden.Zip(actual).Count(pair => pair.First != pair.Second);
        Assert.True(different <= golden.Length / 20, $"{different} of {golden.Length} bytes differ");
    }

    [Theory]
    [InlineData("nn_sgd.dat")]
    [InlineData("nn_adam.dat")]
    public void A_file_loads_and_saves_to_the_same_bytes(string file)
    {
        var golden = File.ReadAllBytes(Golden.Path(file));
        var parameters = OptimizerTests.TwoParameters();
        using OptimizerHelper optimizer = file == "nn_sgd.dat" ? optim.SGD(parameters, 7, 0.3) : optim.Adam(parameters);
        optimizer.load_state_dict(Golden.Path(file));
        Assert.Equal(golden, Saved(optimizer));
    }

    [Fact]
    public void A_resumed_optimizer_goes_on_as_if_it_never_stopped()
    {
        foreach (var make in new Func<Parameter[], OptimizerHelper>[] { Sgd, Adam, p => optim.AdamW(p, weight_decay: 0.1) })
        {
            using var scope = NewDisposeScope();
            var (straight, resumed) = (OptimizerTests.TwoParameters(), OptimizerTests.TwoParameters());
            using var first = make(straight);
            using var second = make(resumed);
            Run(first, straight, 0, 6);
            Run(second, resumed, 0, 3);
            using var third = make(resumed);
            third.load_state_dict(new BinaryReader(new MemoryStream(Saved(second))));
            Run(third, resumed, 3, 6);
            for (int i = 0; i < 2; i++)
                Assert.Equal(Golden.Values(straight[i]), Golden.Values(resumed[i]));
            Assert.True(first.state_dict().State[0].ApproximatelyEquals(third.state_dict().State[0]));
        }
    }

    private static void Run(OptimizerHelper optimizer, Parameter[] parameters, int from, int to)
    {
        for (int step = from; step < to; step++)
        {
            for (int i = 0; i < 2; i++)
                parameters[i].grad = Golden.Fill(parameters[i].shape, step * 2 + i);
            optimizer.step();
        }
    }

    [Fact]
    public void A_state_dict_is_copied_into_another_optimizer()
    {
        var (one, two) = (OptimizerTests.TwoParameters(), OptimizerTests.TwoParameters());
        using var first = Sgd(one);
        using var second = optim.SGD(two, 5);
        Run(first, one, 0, 2);
        second.load_state_dict(first.state_dict());
        Assert.Equal(Saved(first), Saved(second));
        Assert.Equal([[0, 1]], first.state_dict().StateIndexRef);
        var buffer = ((SGD.State)second.state_dict().State[0]).momentum_buffer!;
        Assert.NotSame(((SGD.State)first.state_dict().State[0]).momentum_buffer, buffer);
        first.Dispose();
        Assert.False(buffer.IsInvalid);
    }

    [Fact]
    public void Files_of_another_optimizer_or_network_are_refused()
    {
        var parameters = OptimizerTests.TwoParameters();
        using var adam = optim.Adam(parameters);
        Assert.Equal("Mismatched optimizer type: expected 'Adam', but found 'SGD' in the loaded stream.",
            Assert.Throws<InvalidDataException>(() => adam.load_state_dict(Golden.Path("nn_sgd.dat"))).Message);
        using var single = optim.SGD([parameters[0]], 0.1);
        Assert.Equal("Invalid optimizer state -- different number of states.",
            Assert.Throws<ArgumentException>(() => single.load_state_dict(Golden.Path("nn_sgd.dat"))).Message);
        using var groups = optim.SGD([new SGD.ParamGroup([parameters[0]]), new SGD.ParamGroup([parameters[1]])], 0.1);
        Assert.Equal("Invalid optimizer state -- different number of parameter groups.",
            Assert.Throws<ArgumentException>(() => groups.load_state_dict(Golden.Path("nn_sgd.dat"))).Message);
        using var swapped = optim.SGD([parameters[1], parameters[0]], 0.1);
        Assert.Contains("momentum_buffer has shape [3, 2], its parameter [4]",
            Assert.Throws<ArgumentException>(() => swapped.load_state_dict(Golden.Path("nn_sgd.dat"))).Message);
    }

    [Fact]
    public void State_stays_usable_when_moved_to_where_it_is()
    {
        var parameters = OptimizerTests.TwoParameters();
        using var adam = Adam(parameters);
        Run(adam, parameters, 0, 1);
        adam.to(CPU);
        Run(adam, parameters, 1, 2);
        Assert.Equal(2, ((Adam.State)adam.state_dict().State[1]).step);
    }
}
