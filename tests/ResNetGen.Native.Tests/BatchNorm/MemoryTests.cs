using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Native.Tests.BatchNorm;

/// <summary>What is kept for the backward pass, to the byte.</summary>
public class MemoryTests
{
    private const long Map = 2 * 16 * 8 * 8 * 4; // bytes
    private const long Statistics = 2 * 16 * 4;

    [Fact]
    public void The_input_and_the_statistics_are_kept_and_nothing_else()
    {
        using BatchNorm2d norm = nn.BatchNorm2d(16);
        using Tensor first = Input();
        first.requires_grad_();
        using (Tensor warm = FusedBatchNorm.Forward(norm, first, relu: true)) { } // what is made once a process

        using MemoryMeter meter = MemoryMeter.Start();
        Tensor x = first.relu(); // keeps its output, and so no bytes of its own
        Tensor y = FusedBatchNorm.Forward(norm, x, relu: true);
        x.Dispose();
        using Tensor sum = y.sum();
        y.Dispose();
        // The output has gone, the input is what the operation kept.
        Assert.Equal(Map + Statistics + 4, meter.HeldBytes);
    }

    [Fact]
    public void After_an_addition_the_output_is_kept_as_well()
    {
        using BatchNorm2d norm = nn.BatchNorm2d(16);
        using Tensor first = Input(), addend = Input();
        first.requires_grad_();
        using (Tensor warm = FusedBatchNorm.Forward(norm, first, relu: true)) { }

        using MemoryMeter meter = MemoryMeter.Start();
        Tensor x = first.relu(), a = addend * 2;
        Tensor y = FusedBatchNorm.Forward(norm, x, a, relu: true);
        x.Dispose();
        a.Dispose();
        using Tensor sum = y.sum();
        y.Dispose();
        Assert.Equal(2 * Map + Statistics + 4, meter.HeldBytes);
    }

    [Fact]
    public void An_addition_without_ReLU_keeps_no_more_than_none()
    {
        using BatchNorm2d norm = nn.BatchNorm2d(16);
        using Tensor first = Input();
        first.requires_grad_();
        using (Tensor warm = FusedBatchNorm.Forward(norm, first, relu: true)) { }

        using MemoryMeter meter = MemoryMeter.Start();
        Tensor x = first.relu(), a = x.alias();
        Tensor y = FusedBatchNorm.Forward(norm, x, a, relu: false);
        x.Dispose();
        a.Dispose();
        using Tensor sum = y.sum();
        y.Dispose();
        Assert.Equal(Map + Statistics + 4, meter.HeldBytes);
    }

    [Fact]
    public void Without_gradients_nothing_is_kept()
    {
        using BatchNorm2d norm = nn.BatchNorm2d(16);
        using Tensor first = Input();
        using IDisposable guard = no_grad();
        using MemoryMeter meter = MemoryMeter.Start();
        Tensor x = first.relu(); // keeps its output, and so no bytes of its own
        using Tensor y = FusedBatchNorm.Forward(norm, x, relu: true);
        x.Dispose();
        Assert.Equal(Map, meter.HeldBytes);
    }

    [Fact]
    public void A_convolution_after_it_keeps_the_input_the_statistics_and_its_short_weight()
    {
        using BatchNorm2d norm = nn.BatchNorm2d(16);
        using Conv2d convolution = nn.Conv2d(16, 8, 3, padding: 1, bias: false);
        using Tensor first = Input();
        first.requires_grad_();
        using (Tensor warm = FusedBatchNorm.ForwardConvolution(norm, first, convolution)) { }

        using MemoryMeter meter = MemoryMeter.Start();
        Tensor x = first.relu(); // keeps its output, and so no bytes of its own
        Tensor y = FusedBatchNorm.ForwardConvolution(norm, x, convolution);
        x.Dispose();
        using Tensor sum = y.sum();
        y.Dispose();
        Assert.Equal(Map + Statistics + 4, meter.HeldBytes);
    }

    private static Tensor Input() => MemoryFormat.ChannelsLast(randn(2, 16, 8, 8));
}
