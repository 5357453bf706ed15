using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Native.Tests.BatchNorm;

/// <summary>convolution(relu(norm(x))) in one operation against the three calls, in the same type.</summary>
public class ConvolutionTests
{
    [Theory]
    [InlineData(1, 1, false, 1)]
    [InlineData(2, 1, true, 1)]
    [InlineData(1, 2, false, 4)]
    public void Values_and_gradients_are_those_of_three_calls(long stride, long dilation, bool bias, long groups)
    {
        using Conv2d convolution = nn.Conv2d(16, 8, 3, stride: stride, padding: dilation, dilation: dilation, groups: groups, bias: bias);
        using Tensor x = randn(3, 16, 9, 9);
        // Sums of 144 products and of 243 pixels in another order: 1e-5 of numbers of size one to ten.
        AreClose(Run(convolution, x, fused: true, BatchNorm()), Run(convolution, x, fused: false, BatchNorm()), 2e-4);
    }

    [Fact]
    public void Under_autocast_the_convolution_runs_in_the_short_type()
    {
        using Conv2d convolution = nn.Conv2d(16, 8, 3, padding: 1, bias: true);
        using Tensor x = randn(3, 16, 9, 9).to(bfloat16);
        Dictionary<string, Tensor> fused, plain;
        using (Autocast.Enable(DeviceType.CPU, ScalarType.BFloat16)) fused = Run(convolution, x, fused: true, BatchNorm());
        using (Autocast.Enable(DeviceType.CPU, ScalarType.BFloat16)) plain = Run(convolution, x, fused: false, BatchNorm());
        Assert.Equal(ScalarType.BFloat16, fused["y"].dtype);
        Assert.Equal(ScalarType.Float32, fused["dw"].dtype);
        // The plain road rounds to 8 bits once more on the way (norm, then ReLU of it), so sums differ by some 2^-8 of the largest.
        AreClose(fused, plain, 0.05);
    }

    [Fact]
    public void Autocast_may_find_a_map_in_the_long_type()
    {
        using Conv2d convolution = nn.Conv2d(16, 8, 1);
        using Tensor x = randn(3, 16, 9, 9);
        using (Autocast.Enable(DeviceType.CPU, ScalarType.BFloat16))
        {
            Dictionary<string, Tensor> fused = Run(convolution, x, fused: true, BatchNorm());
            Assert.Equal(ScalarType.BFloat16, fused["y"].dtype);
            Assert.Equal(ScalarType.Float32, fused["dx"].dtype);
            AreClose(fused, Run(convolution, x, fused: false, BatchNorm()), 0.05);
        }
    }

    [Fact]
    public void The_casts_of_a_call_without_gradient_are_not_found_by_one_with()
    {
        using Conv2d convolution = nn.Conv2d(16, 8, 1);
        using Tensor x = randn(3, 16, 9, 9).to(bfloat16);
        using BatchNorm2d norm = BatchNorm();
        using IDisposable region = Autocast.Enable(DeviceType.CPU, ScalarType.BFloat16);
        using (no_grad())
        using (Tensor y = FusedBatchNorm.ForwardConvolution(norm, x, convolution)) Assert.False(y.requires_grad);
        using Tensor plain = convolution.call(x);
        plain.sum().backward();
        Assert.NotNull(convolution.weight.grad);
    }

    [Theory]
    [InlineData(PaddingModes.Circular)]
    [InlineData(PaddingModes.Reflect)]
    public void Another_padding_is_the_convolutions_own_affair(PaddingModes mode)
    {
        using Conv2d convolution = nn.Conv2d(16, 8, 3, padding: 1, padding_mode: mode);
        using Tensor x = randn(3, 16, 9, 9);
        AreClose(Run(convolution, x, fused: true, BatchNorm()), Run(convolution, x, fused: false, BatchNorm()), 2e-4);
    }

    private static BatchNorm2d BatchNorm()
    {
        BatchNorm2d norm = nn.BatchNorm2d(16);
        using IDisposable guard = no_grad();
        norm.bias!.copy_(arange(16, float32) / 16 - 0.5);
        return norm;
    }

    private static Dictionary<string, Tensor> Run(Conv2d convolution, Tensor x, bool fused, BatchNorm2d norm)
    {
        using Tensor input = MemoryFormat.ChannelsLast(x.detach()).clone();
        input.requires_grad_();
        convolution.zero_grad();
        using Tensor y = fused ? FusedBatchNorm.ForwardConvolution(norm, input, convolution) : convolution.call(norm.call(input).relu());
        (y * y).sum().backward();
        var results = new Dictionary<string, Tensor>
        {
            ["y"] = y.detach().clone(), ["dx"] = input.grad!.clone(), ["dw"] = convolution.weight.grad!.clone(),
            ["dweight"] = norm.weight.grad!.clone(), ["dbias"] = norm.bias!.grad!.clone(), ["mean"] = norm.running_mean!.clone(),
        };
        if (convolution.bias is not null) results["db"] = convolution.bias.grad!.clone();
        convolution.zero_grad();
        return results;
    }

    private static void AreClose(Dictionary<string, Tensor> found, Dictionary<string, Tensor> expected, double tolerance)
    {
        foreach ((string name, Tensor value) in expected)
        {
            double scale = value.to(float64).abs().max().item<double>();
            double off = (found[name].to(float64) - value.to(float64)).abs().max().item<double>();
            Assert.True(off <= tolerance * Math.Max(scale, 1), $"{name} is off by {off:g3} where the largest is {scale:g3}");
        }
    }
}
