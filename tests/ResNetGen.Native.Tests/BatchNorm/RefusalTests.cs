using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Native.Tests.BatchNorm;

/// <summary>What does not fit is refused with the shapes, and the norm is left as it was.</summary>
public class RefusalTests
{
    [Fact]
    public void Takes_feature_maps_of_known_types_that_are_not_empty()
    {
        Assert.True(FusedBatchNorm.IsAvailable);
        Assert.True(FusedBatchNorm.Takes(zeros(1, 2, 3, 4)));
        Assert.True(FusedBatchNorm.Takes(zeros(1, 2, 3, 4, dtype: bfloat16)));
        Assert.True(FusedBatchNorm.Takes(zeros(1, 2, 3, 4, dtype: float64)));
        Assert.False(FusedBatchNorm.Takes(zeros(1, 2, 3, 4, dtype: float16)));
        Assert.False(FusedBatchNorm.Takes(zeros(1, 2, 3, 4, dtype: int64)));
        Assert.False(FusedBatchNorm.Takes(zeros(2, 3)));
        Assert.False(FusedBatchNorm.Takes(zeros(0, 2, 3, 4)));
    }

    [Fact]
    public void A_batch_with_one_value_a_channel_has_no_deviation()
    {
        using BatchNorm2d norm = nn.BatchNorm2d(16);
        Refused("Expected more than 1 value per channel when training, got input size [1, 16, 1, 1]", () => FusedBatchNorm.Forward(norm, zeros(1, 16, 1, 1), true));
        Assert.Equal(0, norm.num_batches_tracked!.item<long>());
    }

    [Fact]
    public void Wrong_shapes_are_named()
    {
        using BatchNorm2d norm = nn.BatchNorm2d(16);
        using Tensor x = randn(2, 16, 4, 4);
        Refused("This norm has 16 channels (its weight is [16]), but the input [2, 8, 4, 4] has 8", () => FusedBatchNorm.Forward(norm, zeros(2, 8, 4, 4), true));
        Refused("feature maps [N, C, H, W], got [2, 16]", () => FusedBatchNorm.Forward(norm, zeros(2, 16), true));
        Refused("[2, 16, 4, 5]", () => FusedBatchNorm.Forward(norm, x, zeros(2, 16, 4, 5), true));
        Refused("What is added is [2, 8, 8, 8], which stride 2 and 4 + 5 zero channels make [2, 17, 4, 4], but the normalised map is [2, 16, 4, 4]",
            () => FusedBatchNorm.Forward(norm, x, zeros(2, 8, 8, 8), new ChannelPadding(2, 4, 5), true));
        Refused("stride of at least 1", () => FusedBatchNorm.Forward(norm, x, x, default, true));
        Refused("Long", () => FusedBatchNorm.Forward(norm, x, x.to(int64), true));
    }

    [Fact]
    public void Types_that_do_not_go_together_are_named()
    {
        using BatchNorm2d norm = nn.BatchNorm2d(16, dtype: float64);
        Refused("The norm's weight is Double, which does not go with an input of Float", () => FusedBatchNorm.Forward(norm, zeros(2, 16, 4, 4), true));
        Refused("no kernel for [2, 16, 4, 4] of Half", () => FusedBatchNorm.Forward(norm, zeros(2, 16, 4, 4, dtype: float16), true));
    }

    [Fact]
    public void It_is_differentiable_once()
    {
        using BatchNorm2d norm = nn.BatchNorm2d(3);
        using Tensor x = randn(2, 3, 4, 4);
        x.requires_grad_();
        using Tensor sum = FusedBatchNorm.Forward(norm, x, true).pow(2).sum();
        Refused("differentiable once", () => autograd.grad([sum], [x], create_graph: true)[0]);
    }

    [Fact]
    public void A_weight_that_changes_before_the_backward_pass_is_noticed()
    {
        using BatchNorm2d norm = nn.BatchNorm2d(3);
        using Tensor x = randn(2, 3, 4, 4);
        using Tensor sum = FusedBatchNorm.Forward(norm, x, true).sum();
        using (no_grad()) norm.weight.mul_(2);
        var error = Assert.Throws<ExternalException>(() => sum.backward());
        Assert.Contains("modified by an inplace operation", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Null_is_refused_by_name()
    {
        using BatchNorm2d norm = nn.BatchNorm2d(3);
        using Tensor x = randn(2, 3, 4, 4);
        Assert.Throws<ArgumentNullException>("norm", () => FusedBatchNorm.Forward(null!, x, true));
        Assert.Throws<ArgumentNullException>("input", () => FusedBatchNorm.Forward(norm, null!, true));
        Assert.Throws<ArgumentNullException>("addend", () => FusedBatchNorm.Forward(norm, x, null!, true));
        Assert.Throws<ArgumentNullException>("convolution", () => FusedBatchNorm.ForwardConvolution(norm, x, null!));
    }

    private static void Refused(string message, Func<Tensor> call)
    {
        var error = Assert.Throws<ExternalException>(() => call());
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }
}
