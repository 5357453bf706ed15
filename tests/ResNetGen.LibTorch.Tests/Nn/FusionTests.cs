namespace ResNetGen.LibTorch.Tests.Nn;

using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>A fused layer does what the two layers did one after the other.</summary>
public sealed class FusionTests
{
    private static void Train(BatchNorm2d norm)
    {
        init.uniform_(norm.weight, 0.5, 2);
        init.uniform_(norm.bias!, -1, 1);
        init.uniform_(norm.running_mean!, -1, 1);
        init.uniform_(norm.running_var!, 0.5, 2);
        norm.eval();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Convolution_and_batch_norm(bool withBias)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var conv = Conv2d(3, 4, 3, bias: withBias);
        using var norm = BatchNorm2d(4);
        Train(norm);
        var x = Golden.Fill([2, 3, 6, 6], 1);
        var expected = norm.call(conv.call(x));

        var (weight, bias) = utils.fuse_conv_bn_weights(conv.weight, conv.bias, norm.running_mean!, norm.running_var!, norm.eps, norm.weight, norm.bias);

        Golden.Close(Golden.Values(expected), functional.conv2d(x, weight, bias), "fused output");
        Assert.True(weight is { requires_grad: true, is_leaf: true });
    }

    [Fact]
    public void Linear_and_batch_norm()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var linear = Linear(3, 4);
        using var norm = BatchNorm2d(4);
        Train(norm);
        var x = Golden.Fill([5, 3], 1);
        Assert.Throws<ArgumentException>(() => utils.fuse_linear_bn_eval(linear, norm));
        linear.eval();
        var expected = norm.call(linear.call(x).reshape(5, 4, 1, 1)).reshape(5, 4);
        using var fused = utils.fuse_linear_bn_eval(linear, norm);
        Assert.False(fused.training);
        Golden.Close(Golden.Values(expected), fused.call(x), "fused output");
    }
}
