using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ResNetGen.Native.Tests.Distributed;

/// <summary>Against torch's own batch_norm of the joint batch in one process.</summary>
public class SynchronizedBatchNormTests
{
    private const int Channels = 5;

    // Pictures of each rank: as many on each, and not.
    private static readonly int[][] s_shares = [[3, 3], [1, 4, 2]];

    public static TheoryData<int, bool, bool, ScalarType> Cases => new()
    {
        { 0, false, false, ScalarType.Float64 },
        { 1, true, false, ScalarType.Float64 },
        { 1, true, true, ScalarType.Float64 },
        { 1, false, true, ScalarType.Float64 },
        { 0, true, true, ScalarType.Float32 },
        { 1, true, true, ScalarType.BFloat16 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Values_gradients_and_running_statistics_are_those_of_the_joint_batch(int shares, bool addition, bool relu, ScalarType type)
    {
        using DisposeScope scope = NewDisposeScope();
        int[] share = s_shares[shares];
        Joint joint = new(share.Sum(), type);
        joint.Compute(addition, relu);
        Ranks.Run(share.Length, group =>
        {
            using DisposeScope own = NewDisposeScope();
            int from = share[..group.Rank].Sum(), count = share[group.Rank];
            BatchNorm2d norm = joint.Norm();
            Tensor x = joint.Part(joint.Input, from, count), other = joint.Part(joint.Addend, from, count);
            Tensor y;
            using (SynchronizedBatchNorm.Use(group))
                y = addition ? FusedBatchNorm.Forward(norm, x, other, relu) : FusedBatchNorm.Forward(norm, x, relu);
            Assert.False(SynchronizedBatchNorm.IsOn);
            // After the scope, as a trainer's backward pass is.
            y.backward([joint.Part(joint.Upstream, from, count, leaf: false)]);
            Tensor weight = norm.weight!.grad!.clone(), bias = norm.bias!.grad!.clone();
            group.AllReduce(weight);
            group.AllReduce(bias);

            joint.AssertClose("output", joint.Output.narrow(0, from, count), y);
            joint.AssertClose("input's gradient", joint.Input.grad!.narrow(0, from, count), x.grad!);
            if (addition) joint.AssertClose("addend's gradient", joint.Addend.grad!.narrow(0, from, count), other.grad!);
            joint.AssertClose("weight's gradient", joint.Reference.weight!.grad!, weight);
            joint.AssertClose("bias's gradient", joint.Reference.bias!.grad!, bias);
            joint.AssertClose("running mean", joint.Reference.running_mean!, norm.running_mean!);
            joint.AssertClose("running variance", joint.Reference.running_var!, norm.running_var!);
            Assert.Equal(1, norm.num_batches_tracked!.item<long>());
            byte[] bits = ParameterSet.Bits(norm.running_var!);
            if (group.Rank == 0) group.Set("bits", Convert.ToHexString(bits));
            Assert.Equal(group.Get("bits"), Convert.ToHexString(bits));
        });
    }

    /// <summary>Two pictures of one pixel, a picture a rank: a single value has no variance of its own.</summary>
    [Fact]
    public void A_value_a_rank_is_enough_where_all_have_several() => Ranks.Run(2, static group =>
    {
        using DisposeScope scope = NewDisposeScope();
        using BatchNorm2d norm = nn.BatchNorm2d(1);
        using IDisposable on = SynchronizedBatchNorm.Use(group);
        using Tensor y = FusedBatchNorm.Forward(norm, full([1, 1, 1, 1], group.Rank == 0 ? 1f : 3f), relu: false);
        // Mean 2, variance 1.
        Assert.Equal((group.Rank == 0 ? -1 : 1) / Math.Sqrt(1 + 1e-5), y.item<float>(), 6);
    });

    [Fact]
    public void Option_As_shortcut_and_a_convolution_behind_take_the_joint_statistics()
    {
        using DisposeScope scope = NewDisposeScope();
        Joint joint = new(4, ScalarType.Float64);
        Tensor narrow = randn([4, 2, 8, 8], dtype: ScalarType.Float64, generator: new Generator(9));
        using Conv2d convolution = nn.Conv2d(Channels, 3, 3, padding: 1);
        convolution.to(ScalarType.Float64);
        Tensor normalised = joint.Reference.call(joint.Input);
        Tensor padded = F.pad(narrow[TensorIndex.Colon, TensorIndex.Colon, TensorIndex.Slice(step: 2), TensorIndex.Slice(step: 2)], [0, 0, 0, 0, 1, 2]);
        Tensor sum = (normalised + padded).relu(), convolved = convolution.call(normalised.relu());
        (sum.sum() + (convolved * convolved).sum()).backward();
        Ranks.Run(2, group =>
        {
            using DisposeScope own = NewDisposeScope();
            Tensor x = joint.Part(joint.Input, 2 * group.Rank, 2);
            Conv2d same = nn.Conv2d(Channels, 3, 3, padding: 1);
            same.to(ScalarType.Float64);
            using (no_grad())
            {
                same.weight!.copy_(convolution.weight!);
                same.bias!.copy_(convolution.bias!);
            }
            using (SynchronizedBatchNorm.Use(group))
            {
                Tensor a = FusedBatchNorm.Forward(joint.Norm(), x, narrow.narrow(0, 2 * group.Rank, 2), new ChannelPadding(2, 1, 2), relu: true);
                Tensor b = FusedBatchNorm.ForwardConvolution(joint.Norm(), x, same);
                (a.sum() + (b * b).sum()).backward();
                joint.AssertClose("sum", sum.narrow(0, 2 * group.Rank, 2), a);
                joint.AssertClose("convolution", convolved.narrow(0, 2 * group.Rank, 2), b);
                joint.AssertClose("gradient", joint.Input.grad!.narrow(0, 2 * group.Rank, 2), x.grad!);
            }
        });
    }

    [Fact]
    public void Evaluation_mode_exchanges_nothing_and_a_lost_rank_ends_the_forward_pass() => Ranks.Run(2, static group =>
    {
        using DisposeScope scope = NewDisposeScope();
        using BatchNorm2d norm = nn.BatchNorm2d(Channels);
        Tensor x = ones(2, Channels, 3, 3);
        using IDisposable on = SynchronizedBatchNorm.Use(group);
        group.Barrier();
        if (group.Rank == 1) return;
        norm.eval();
        FusedBatchNorm.Forward(norm, x, relu: true).Dispose();
        norm.train();
        Assert.Equal(1, Assert.Throws<ProcessGroupException>(() => FusedBatchNorm.Forward(norm, x, relu: true)).LostRank);
    });

    /// <summary>The joint batch, and what torch makes of it.</summary>
    private sealed class Joint
    {
        private readonly ScalarType _type;
        private readonly double _tolerance;

        public Joint(int pictures, ScalarType type)
        {
            _type = type;
            // Sums of about a hundred values: some roundings of the type; of bfloat16 the output's alone, of values up to 4, and the
            // reference rounds three times.
            _tolerance = type switch { ScalarType.Float64 => 1e-13, ScalarType.Float32 => 2e-5, _ => 0.06 };
            Generator generator = new(5);
            // A mean far from 0, and another one in each picture: where a rank took its own, everything would be off.
            Tensor Draw(double mean) => (randn([pictures, Channels, 4, 4], generator: generator) + (arange(pictures, dtype: ScalarType.Float32).reshape(-1, 1, 1, 1) * mean)).to(type).to(Wide);
            Input = Draw(0.7).requires_grad_();
            Addend = Draw(0.1).requires_grad_();
            Upstream = Draw(0.05);
            Weight = rand(Channels, generator: generator).to(Wide) + 0.5;
            Bias = randn(Channels, generator: generator).to(Wide);
            Reference = Made(Wide);
        }

        /// <summary>What torch computes with: its own bfloat16 rounds after each step.</summary>
        private ScalarType Wide => _type == ScalarType.BFloat16 ? ScalarType.Float32 : _type;

        public Tensor Input { get; }

        public Tensor Addend { get; }

        public Tensor Upstream { get; }

        public Tensor Output { get; private set; } = zeros(1);

        public BatchNorm2d Reference { get; }

        private Tensor Weight { get; }

        private Tensor Bias { get; }

        public void Compute(bool addition, bool relu)
        {
            Output = Reference.call(Input);
            if (addition) Output = Output + Addend;
            if (relu) Output = Output.relu();
            Output.backward([Upstream]);
        }

        public BatchNorm2d Norm() => Made(Wide);

        public Tensor Part(Tensor whole, int from, int count, bool leaf = true) => whole.detach().narrow(0, from, count).clone().to(_type).requires_grad_(leaf);

        public void AssertClose(string what, Tensor expected, Tensor found)
        {
            using Tensor off = (expected.detach().to(ScalarType.Float64) - found.detach().to(ScalarType.Float64)).abs();
            double scale = Math.Max(1, expected.detach().to(ScalarType.Float64).abs().max().item<double>());
            double most = off.max().item<double>() / scale;
            Assert.True(most <= _tolerance, $"{what} is {most} off.");
        }

        private BatchNorm2d Made(ScalarType type)
        {
            BatchNorm2d norm = nn.BatchNorm2d(Channels, momentum: 0.3);
            norm.to(type);
            using IDisposable guard = no_grad();
            norm.weight!.copy_(Weight);
            norm.bias!.copy_(Bias);
            return norm;
        }
    }
}
