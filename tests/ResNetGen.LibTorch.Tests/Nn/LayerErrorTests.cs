namespace ResNetGen.LibTorch.Tests.Nn;

using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>What a user is told when layers and inputs do not fit.</summary>
public sealed class LayerErrorTests
{
    [Fact]
    public void Convolution_names_the_channels_it_takes()
    {
        using var scope = NewDisposeScope();
        using var conv = Conv2d(3, 4, 3);
        Assert.Equal("Expected 3D (unbatched) or 4D (batched) input with 3 channels to Conv2d.",
            Assert.Throws<ArgumentException>(() => conv.call(ones(1, 2, 5, 5))).Message);
        Assert.Throws<ArgumentException>(() => conv.call(ones(5, 5)));
        // A shape that fits, but a picture smaller than the kernel: libtorch's own words.
        Assert.Contains("Kernel size can't be greater than actual input size", Assert.Throws<ExternalException>(() => conv.call(ones(1, 3, 2, 2))).Message);
    }

    [Fact]
    public void Convolution_refuses_settings_that_cannot_be()
    {
        Assert.Contains("divisible by groups", Assert.Throws<ArgumentException>(() => Conv2d(3, 4, 3, groups: 2)).Message);
        Assert.Contains("divisible by groups", Assert.Throws<ArgumentException>(() => Conv2d(4, 4, 3, groups: 0)).Message);
        Assert.Equal("padding='same' is not supported for strided convolutions",
            Assert.Throws<ArgumentException>(() => Conv2d(1, 1, 3, Padding.Same, stride: 2)).Message);
    }

    [Fact]
    public void Convolution_settings_can_be_read_and_changed()
    {
        using var scope = NewDisposeScope();
        using var conv = Conv2d(2, 3, (3, 5), stride: (2, 1), padding: (1, 2));
        Assert.Equal(new long[] { 3, 5 }, conv.kernel_size);
        Assert.Equal(new long[] { 2, 1 }, conv.stride);
        Assert.Equal(new long[] { 1, 2 }, conv.padding);
        Assert.Null(conv.padding_type);
        Assert.Equal((2, 3, 1, false), (conv.in_channels, conv.out_channels, conv.groups, conv.transposed));
        conv.stride = [1, 1];
        conv.SetPadding(Padding.Same);
        Assert.Equal(new long[] { 1, 3, 7, 7 }, conv.call(ones(1, 2, 7, 7)).shape);
        conv.SetPadding([0, 0]);
        Assert.Equal(new long[] { 1, 3, 5, 3 }, conv.call(ones(1, 2, 7, 7)).shape);
    }

    [Fact]
    public void Batch_norm_takes_four_dimensions()
    {
        using var scope = NewDisposeScope();
        using var norm = BatchNorm2d(3);
        Assert.Equal("expected 4D input, but got 3D input.", Assert.Throws<ArgumentException>(() => norm.call(ones(3, 2, 2))).Message);
        Assert.Equal(0, norm.num_batches_tracked!.item<long>());
        Assert.Contains("running_mean should contain 4 elements not 3", Assert.Throws<ExternalException>(() => norm.call(ones(1, 4, 2, 2))).Message);
    }

    [Fact]
    public void Batch_norm_counts_batches_in_training_only()
    {
        using var scope = NewDisposeScope();
        using var norm = BatchNorm2d(3);
        norm.call(ones(2, 3, 2, 2));
        norm.call(ones(2, 3, 2, 2));
        norm.eval();
        norm.call(ones(2, 3, 2, 2));
        Assert.Equal(2, norm.num_batches_tracked!.item<long>());
        norm.reset_running_stats();
        Assert.Equal(0, norm.num_batches_tracked!.item<long>());
        Assert.Equal(1, norm.running_var!.mean().item<float>());
    }

    private sealed class AnyNorm() : BatchNorm(2, 1e-5, 0.1, true, true, null, null, "any")
    {
        public int Checked;

        protected override void ValidateInputDimensions(Tensor input)
        {
            Checked++;
            if (input.ndim != 2)
                throw new ArgumentException("two, please");
        }
    }

    [Fact]
    public void A_batch_norm_of_ones_own_checks_its_own_way()
    {
        using var scope = NewDisposeScope();
        using var norm = new AnyNorm();
        Assert.Equal(new long[] { 4, 2 }, norm.call(ones(4, 2)).shape);
        Assert.Equal(1, norm.Checked);
        Assert.Equal("two, please", Assert.Throws<ArgumentException>(() => norm.call(ones(4, 2, 1))).Message);
    }

    [Fact]
    public void Linear_says_which_shapes_do_not_fit()
    {
        using var scope = NewDisposeScope();
        using var linear = Linear(3, 4);
        Assert.Contains("shapes cannot be multiplied", Assert.Throws<ExternalException>(() => linear.call(ones(2, 5))).Message);
    }

    [Fact]
    public void Losses_refuse_what_is_no_class()
    {
        using var scope = NewDisposeScope();
        using var loss = CrossEntropyLoss();
        Assert.Contains("Target 7 is out of bounds", Assert.Throws<ExternalException>(() => loss.call(ones(1, 3), tensor(new long[] { 7 }))).Message);
        Assert.Throws<ExternalException>(() => functional.dropout(ones(1), 1.5));
    }

    [Fact]
    public void Losses_pass_their_settings_on()
    {
        using var scope = NewDisposeScope();
        var x = Golden.Fill([6, 5], 0);
        var t = Golden.Labels(6, 5, 1);
        var weight = ones(5);
        using var smooth = new CrossEntropyLoss(weight, ignore_index: 2, Reduction.Sum, label_smoothing: 0.1);
        Assert.Equal((2L, 0.1, Reduction.Sum), (smooth.ignore_index, smooth.label_smoothing, smooth.reduction));
        Assert.Same(weight, smooth.weight);
        Golden.Close(Golden.Values(functional.cross_entropy(x, t, weight, 2, Reduction.Sum, 0.1)), smooth.call(x, t), "cross entropy");
        using var none = CrossEntropyLoss(reduction: Reduction.None);
        Assert.Equal(new long[] { 6 }, none.call(x, t).shape);
        using var mse = MSELoss(Reduction.Sum);
        Golden.Close([30], mse.call(ones(6, 5), zeros(6, 5)), "mse");
    }

    [Fact]
    public void A_null_input_is_refused_by_name()
    {
        using var relu = ReLU();
        Assert.Throws<ArgumentNullException>(() => relu.forward(null!));
    }

    [Fact]
    public void Max_pool_gives_its_indices()
    {
        using var scope = NewDisposeScope();
        using var pool = MaxPool2d(2);
        var (values, indices) = pool.forward_with_indices(arange(16).to(ScalarType.Float32).reshape(1, 1, 4, 4));
        Assert.Equal(new double[] { 5, 7, 13, 15 }, Golden.Values(values));
        Assert.Equal(new double[] { 5, 7, 13, 15 }, Golden.Values(indices));
    }
}
