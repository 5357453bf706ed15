using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Native.Tests;

/// <summary>A block that is recomputed is held against the same block that simply runs: torch itself is the oracle, and the bits are equal.</summary>
public sealed class BlockRecomputationTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void GradientsAndStatisticsAreThoseOfTheBlockItself(bool autocast)
    {
        using DisposeScope scope = NewDisposeScope();
        Sequential once = Block(), twice = Block();
        twice.load_state_dict(once.state_dict());
        Tensor images = randn(4, 3, 9, 7);

        List<Tensor> expected = Step(once, images, static (block, x) => block.call(x), autocast);
        List<Tensor> found = Step(twice, images, BlockRecomputation.Call, autocast);
        Assert.Equal(expected.Count, found.Count);
        Assert.All(expected.Zip(found), static pair => Assert.True(pair.First.Equals(pair.Second)));
        // Running means and variances have seen the batch once, and the counter says so.
        foreach ((Tensor one, Tensor other) in once.buffers().Zip(twice.buffers()))
            Assert.True(one.Equals(other));

        Assert.Equal(1L, ((BatchNorm2d)twice[1]).num_batches_tracked!.item<long>());
    }

    /// <summary>torch rounds a bias to bfloat16, and the operation for training does not: the block must take the same one in both runs.</summary>
    [Fact]
    public void AConvolutionIsTheSameInBothRuns()
    {
        using DisposeScope scope = NewDisposeScope();
        using Convolving block = new();
        Tensor images = MemoryFormat.ChannelsLast(randn(4, 16, 6, 6));
        List<byte[]> runs = block.Outputs;
        using (Autocast.Enable(DeviceType.CPU, ScalarType.BFloat16))
        {
            BlockRecomputation.Call(block, images.clone().requires_grad_()).square().sum().backward();
            block.call(images.clone().requires_grad_()).Dispose();
            // Nothing here wants a gradient but the block around it.
            foreach (Parameter parameter in block.parameters()) parameter.requires_grad_(false);
            BlockRecomputation.Call(block, images.clone().requires_grad_()).square().sum().backward();
        }

        Assert.Equal(5, runs.Count);
        Assert.All(runs, run => Assert.Equal(runs[0], run));
    }

    [Fact]
    public void TheGeneratorGoesOnFromWhereItStood()
    {
        using DisposeScope scope = NewDisposeScope();
        Sequential block = Block();
        float[] Draws(Func<Sequential, Tensor, Tensor> run)
        {
            manual_seed(5);
            Tensor x = full(2, 3, 4, 4, 1f).requires_grad_();
            Tensor loss = run(block, x).sum();
            // Somebody draws between the two passes, and after them.
            float between = rand(1).item<float>();
            loss.backward();
            return [between, rand(1).item<float>()];
        }

        Assert.Equal(Draws(static (each, x) => each.call(x)), Draws(BlockRecomputation.Call));
    }

    [Fact]
    public void OnlyTheInputIsKept()
    {
        using Sequential block = Block();
        using MemoryMeter meter = MemoryMeter.Start();
        Tensor x = randn(2, 3, 8, 8).requires_grad_();
        Tensor output = BlockRecomputation.Call(block, x);
        using Tensor loss = output.sum();
        output.Dispose();
        x.Dispose();
        Assert.Equal((2 * 3 * 8 * 8 * sizeof(float)) + sizeof(float), meter.HeldBytes);
    }

    [Fact]
    public void ParametersGetGradientsWhereTheInputNeedsNone()
    {
        using DisposeScope scope = NewDisposeScope();
        Sequential block = Block();
        block.parameters().First().requires_grad_(false);
        BlockRecomputation.Call(block, randn(2, 3, 4, 4)).sum().backward();
        Assert.Null(block.parameters().First().grad);
        Assert.All(block.parameters().Skip(1), static parameter => Assert.NotNull(parameter.grad));
    }

    [Fact]
    public void AFrozenNormalisationReadsItsStatisticsInBothRuns()
    {
        using DisposeScope scope = NewDisposeScope();
        Sequential block = nn.Sequential(("conv", nn.Conv2d(3, 3, 1)), ("bn", nn.BatchNorm2d(3)));
        var norm = (BatchNorm2d)block[1];
        nn.init.constant_(norm.running_var!, 4);
        norm.eval();
        Tensor images = randn(2, 3, 4, 4);
        List<Tensor> expected = Step(block, images, static (each, x) => each.call(x), autocast: false);
        Assert.All(expected.Zip(Step(block, images, BlockRecomputation.Call, autocast: false)), static pair => Assert.True(pair.First.Equals(pair.Second)));
        Assert.Equal(4f, norm.running_var![0].item<float>());
    }

    [Fact]
    public void TheBlocksExceptionComesThroughTheForwardPassAndItsMessageThroughTheBackwardPass()
    {
        using DisposeScope scope = NewDisposeScope();
        using Failing block = new(1);
        Assert.Same(block.Failure, Assert.Throws<InvalidOperationException>(() => BlockRecomputation.Call(block, ones(1, requires_grad: true))));

        using Failing later = new(2);
        Tensor loss = BlockRecomputation.Call(later, ones(1, requires_grad: true)).sum();
        Assert.Contains(later.Failure.Message, Assert.Throws<ExternalException>(() => loss.backward()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnInputThatIsWrittenOverInBetweenIsSaid()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = ones(1, 3, 4, 4, requires_grad: true) * 2;
        Tensor loss = BlockRecomputation.Call(Block(), x).sum();
        x.add_(1);
        Assert.Contains("modified by an inplace operation", Assert.Throws<ExternalException>(() => loss.backward()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SecondDerivativesAreRefused()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = randn(2, 3, 4, 4, requires_grad: true);
        Tensor loss = BlockRecomputation.Call(Block(), x).sum();
        Exception error = Assert.ThrowsAny<Exception>(() => autograd.grad([loss], [x], create_graph: true));
        Assert.Contains("second derivatives", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ABlockInsideAnotherRunsTwiceAndNotThreeTimes()
    {
        using DisposeScope scope = NewDisposeScope();
        using Failing inner = new(3);
        using Around outer = new(inner);
        Tensor x = ones(1, requires_grad: true);
        BlockRecomputation.Call(outer, x).sum().backward();
        Assert.Equal(2, inner.Calls);
        Assert.Equal(4f, x.grad!.item<float>());
    }

    // Both names of the buffers lead to one place.
    [Fact]
    public void StatisticsOfANormalisationThatStandsTwiceComeBack()
    {
        using DisposeScope scope = NewDisposeScope();
        BatchNorm2d norm = nn.BatchNorm2d(3);
        Sequential block = nn.Sequential(("a", norm), ("b", norm)), once = nn.Sequential(("a", nn.BatchNorm2d(3)));
        Tensor images = randn(2, 3, 4, 4);
        once[0].call(once[0].call(images)).Dispose();
        BlockRecomputation.Call(block, images.requires_grad_()).square().sum().backward();
        Assert.Equal(2L, norm.num_batches_tracked!.item<long>());
        Assert.True(norm.running_mean!.Equals(((BatchNorm2d)once[0]).running_mean!));
    }

    // A graph that nobody runs backward must not keep the block alive once it is gone.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TheBlockIsLetGo(bool fails)
    {
        WeakReference reference = CallAndForget(fails);
        for (int i = 0; i < 10 && reference.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(reference.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference CallAndForget(bool fails)
    {
        using DisposeScope scope = NewDisposeScope();
        var block = new Failing(fails ? 1 : 3);
        if (fails)
            Assert.Throws<InvalidOperationException>(() => BlockRecomputation.Call(block, ones(1, requires_grad: true)));
        else
            BlockRecomputation.Call(block, ones(1, requires_grad: true)).Dispose();

        return new WeakReference(block);
    }

    private static Sequential Block() => nn.Sequential(
        ("conv", nn.Conv2d(3, 5, kernel_size: 3, padding: 1, bias: false)),
        ("bn", nn.BatchNorm2d(5)),
        ("relu", nn.ReLU(inplace: true)),
        ("drop", nn.Dropout(0.5)),
        ("last", nn.Conv2d(5, 3, kernel_size: 1)));

    /// <summary>The output and all gradients of a step, that of the images first.</summary>
    private static List<Tensor> Step(Sequential block, Tensor images, Func<Sequential, Tensor, Tensor> run, bool autocast)
    {
        manual_seed(7);
        block.zero_grad();
        Tensor x = images.clone().requires_grad_();
        Tensor output;
        using (autocast ? Autocast.Enable(DeviceType.CPU, ScalarType.BFloat16) : null)
        {
            // The input is read beside the block as well, as a shortcut reads it.
            output = run(block, x) + x;
        }

        output.square().sum().backward();
        return [output.detach(), x.grad!.clone(), .. block.parameters().Select(static parameter => parameter.grad!.clone())];
    }

    /// <summary>A convolution as generated code calls it; keeps the bits of what it gave.</summary>
    private sealed class Convolving : nn.Module<Tensor, Tensor>
    {
        public Convolving()
            : base(nameof(Convolving))
        {
            manual_seed(3);
            Convolution = nn.Conv2d(16, 16, kernel_size: 3, padding: 1);
            // Numbers that bfloat16 does not hold.
            using (no_grad()) Convolution.bias!.copy_(linspace(-3, 3, 16) + 0.01f);
            RegisterComponents();
        }

        public Conv2d Convolution { get; }

        public List<byte[]> Outputs { get; } = [];

        public override Tensor forward(Tensor input)
        {
            Tensor output = TrainingConvolution.Takes(Convolution, input) ? TrainingConvolution.Forward(Convolution, input) : Convolution.call(input);
            Outputs.Add(ParameterSet.Bits(output.detach()));
            return output;
        }
    }

    /// <summary>Throws when it is called for the given time.</summary>
    private sealed class Failing(int time) : nn.Module<Tensor, Tensor>(nameof(Failing))
    {
        private int _calls;

        public InvalidOperationException Failure { get; } = new("the block has had enough");

        public int Calls => _calls;

        public override Tensor forward(Tensor input) => ++_calls == time ? throw Failure : input * 2;
    }

    /// <summary>Asks for its inner block to be recomputed as well.</summary>
    private sealed class Around(Failing inner) : nn.Module<Tensor, Tensor>(nameof(Around))
    {
        public override Tensor forward(Tensor input)
        {
            using Tensor x = is_grad_enabled() ? BlockRecomputation.Call(inner, input) : inner.call(input);
            return x * 2;
        }
    }
}
