using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Native.Tests.Distributed;

/// <summary>Against the gradients that a single process has of the joint batch.</summary>
public class GradientBucketTests
{
    // Of all ranks together; each has its share.
    private const int Batch = 12;

    [Theory]
    [InlineData(2, GradientBuckets.DefaultBucketBytes, ScalarType.Float32)]
    [InlineData(3, 300, ScalarType.Float32)]
    [InlineData(3, 300, ScalarType.Float64)]
    [InlineData(3, 300, ScalarType.Float32, false)]
    public void The_mean_over_the_ranks_is_the_joint_batchs_gradient_on_all_of_them(int ranks, long bucketBytes, ScalarType type, bool sharesMemory = true)
    {
        byte[][] first = new byte[ranks][];
        double[][] expected = Alone(type, parts: 1);
        Ranks.Run(ranks, sharesMemory, group =>
        {
            using DisposeScope scope = NewDisposeScope();
            Net net = new(type);
            using GradientBuckets buckets = new(group, net.Parameters, bucketBytes);
            if (bucketBytes == 300) Assert.True(buckets.BucketBytes.Count >= 3, string.Join(" ", buckets.BucketBytes));
            for (int step = 0; step < 2; step++)
            {
                foreach ((_, Parameter parameter) in net.Parameters) parameter.grad = null;
                buckets.Expect();
                net.Backward(group.Rank, ranks, part: 0, parts: 1);
                buckets.Finish();
                net.AssertGradients(expected, type);
            }
            first[group.Rank] = net.GradientBits();
        });
        Assert.All(first, each => Assert.Equal(first[0], each));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Parts_of_an_accumulation_are_added_up_here_and_averaged_once(bool sharesMemory)
    {
        double[][] expected = Alone(ScalarType.Float32, parts: 2);
        Ranks.Run(2, sharesMemory, group =>
        {
            using DisposeScope scope = NewDisposeScope();
            Net net = new(ScalarType.Float32);
            using GradientBuckets buckets = new(group, net.Parameters, 300);
            net.Backward(group.Rank, 2, part: 0, parts: 2);
            buckets.Expect();
            net.Backward(group.Rank, 2, part: 1, parts: 2);
            buckets.Finish();
            net.AssertGradients(expected, ScalarType.Float32);
        });
    }

    [Fact]
    public void Weights_keep_their_layout_and_gradients_are_pieces_of_one_buffer() => Ranks.Run(2, static group =>
    {
        using DisposeScope scope = NewDisposeScope();
        Net net = new(ScalarType.Float32);
        using GradientBuckets buckets = new(group, net.Parameters);
        Assert.Single(buckets.BucketBytes);
        buckets.Expect();
        net.Backward(group.Rank, 2, part: 0, parts: 1);
        buckets.Finish();
        Assert.True(MemoryFormat.IsChannelsLast(net.Second.weight!.grad!));
        using FusedSgd sgd = new(net.Parameters, [.. net.Parameters.Select(static _ => 0.0)], 0.9, nesterov: false);
        byte[] before = ParameterSet.Bits(net.Second.weight!);
        sgd.Step(0.1);
        Assert.NotEqual(before, ParameterSet.Bits(net.Second.weight!));
    });

    /// <summary>Rank 1 uses what rank 0 does not, in another order; nobody uses the last.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Parameters_without_a_gradient_count_as_zeros_and_without_any_stay_so(bool sharesMemory) => Ranks.Run(2, sharesMemory, static group =>
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter both = new(ones(3)), one = new(ones(5)), none = new(ones(7)), frozen = new(ones(2), requires_grad: false);
        using GradientBuckets buckets = new(group, [("both", both), ("one", one), ("none", none), ("frozen", frozen)], bucketBytes: 1);
        Assert.Equal(3, buckets.BucketBytes.Count);
        for (int step = 0; step < 2; step++)
        {
            both.grad = one.grad = null;
            buckets.Expect();
            (group.Rank == 0 ? both.sum() : (both.sum() * 3) + (one.sum() * 8)).backward();
            buckets.Finish();
            Assert.Equal([2f, 2, 2], both.grad!.data<float>().ToArray());
            Assert.Equal([4f, 4, 4, 4, 4], one.grad!.data<float>().ToArray());
            Assert.Null(none.grad);
            Assert.Null(frozen.grad);
        }
    });

    [Fact]
    public void BFloat16_parameters_are_averaged_too() => Ranks.Run(3, static group =>
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter p = new(ones(4, dtype: ScalarType.BFloat16));
        using GradientBuckets buckets = new(group, [("p", p)]);
        buckets.Expect();
        (p * (group.Rank + 1)).sum().backward();
        buckets.Finish();
        Assert.Equal([2f, 2, 2, 2], p.grad!.to(ScalarType.Float32).data<float>().ToArray());
    });

    [Fact]
    public void Calls_out_of_order_are_refused_and_differing_networks_named() => Ranks.Run(2, static group =>
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter p = new(ones(4));
        using (GradientBuckets buckets = new(group, [("p", p)]))
        {
            Assert.Contains("without Expect", Assert.Throws<ProcessGroupException>(buckets.Finish).Message, StringComparison.Ordinal);
            buckets.Expect();
            Assert.Contains("again", Assert.Throws<ProcessGroupException>(buckets.Expect).Message, StringComparison.Ordinal);
            p.sum().backward();
            Assert.Contains("twice", Assert.ThrowsAny<Exception>(() => p.sum().backward()).Message, StringComparison.Ordinal);
            buckets.Finish();
        }
        group.Barrier();
        Parameter[] weights = [new(ones(3)), new(ones(4 + group.Rank))];
        ProcessGroupException e = Assert.Throws<ProcessGroupException>(() =>
        {
            using GradientBuckets other = new(group, [("first", weights[0]), ("second", weights[1])]);
            other.Expect();
            other.Finish();
        });
        Assert.Contains("\"second\" [", e.Message, StringComparison.Ordinal);
    });

    [Fact]
    public void A_rank_that_is_lost_in_a_backward_pass_is_named_by_finish() => Ranks.Run(2, static group =>
    {
        using DisposeScope scope = NewDisposeScope();
        Net net = new(ScalarType.Float32);
        using GradientBuckets buckets = new(group, net.Parameters, 300);
        group.Barrier();
        if (group.Rank == 1) return;
        buckets.Expect();
        net.Backward(0, 2, part: 0, parts: 1);
        Assert.Equal(1, Assert.Throws<ProcessGroupException>(buckets.Finish).LostRank);
        Assert.Equal(1, Assert.Throws<ProcessGroupException>(buckets.Expect).LostRank);
    });

    private static double[][] Alone(ScalarType type, int parts)
    {
        using DisposeScope scope = NewDisposeScope();
        Net net = new(type);
        for (int part = 0; part < parts; part++) net.Backward(0, 1, part, parts);
        return [.. net.Parameters.Select(static p => p.Parameter.grad!.to(ScalarType.Float64).contiguous().data<double>().ToArray())];
    }

    /// <summary>Two convolutions, one of them channels_last, and a classifier, made alike everywhere.</summary>
    private sealed class Net
    {
        private readonly Tensor _input, _wanted;
        private readonly Linear _head;

        public Net(ScalarType type)
        {
            Generator generator = new(3);
            First = nn.Conv2d(3, 8, 3, padding: 1);
            Second = nn.Conv2d(8, 16, 3, padding: 1);
            _head = nn.Linear(16, 5);
            (string, nn.Module)[] modules = [("first", First), ("second", Second), ("head", _head)];
            foreach ((_, nn.Module module) in modules) module.to(type);
            Parameters = [.. modules.SelectMany(static m => m.Item2.named_parameters().Select(p => ($"{m.Item1}.{p.name}", p.parameter)))];
            using (no_grad())
            {
                foreach ((_, Parameter parameter) in Parameters) parameter.copy_(randn(parameter.shape, generator: generator) * 0.2);
            }
            MemoryFormat.ChannelsLast(Second);
            _input = randn([Batch, 3, 6, 6], generator: generator).to(type);
            _wanted = randn([Batch, 5], generator: generator).to(type);
        }

        public Conv2d First { get; }

        public Conv2d Second { get; }

        public (string Name, Parameter Parameter)[] Parameters { get; }

        /// <summary>A rank's share of a part of the batch; the loss is the mean over the share, divided by the number of parts.</summary>
        public void Backward(int rank, int ranks, int part, int parts)
        {
            long a = Batch / parts, share = a / ranks, from = (part * a) + (rank * share);
            using DisposeScope scope = NewDisposeScope();
            Tensor x = Second.call(First.call(_input.narrow(0, from, share)).relu()).mean([2, 3]);
            Tensor off = _head.call(x) - _wanted.narrow(0, from, share);
            ((off * off).mean() / parts).backward();
        }

        public void AssertGradients(double[][] expected, ScalarType type)
        {
            // The order of the sums over pictures differs: a few roundings of the type, of gradients of about 1.
            double tolerance = type == ScalarType.Float64 ? 1e-14 : 2e-6;
            for (int i = 0; i < expected.Length; i++)
            {
                double[] found = Parameters[i].Parameter.grad!.to(ScalarType.Float64).contiguous().data<double>().ToArray();
                double off = found.Zip(expected[i], static (a, b) => Math.Abs(a - b)).Max();
                Assert.True(off <= tolerance, $"{Parameters[i].Name} is {off} off.");
            }
        }

        public byte[] GradientBits() => [.. Parameters.SelectMany(static p => ParameterSet.Bits(p.Parameter.grad!))];
    }
}
