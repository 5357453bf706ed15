using ResNetGen.Native;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Tests.Modules;

/// <summary>A convolution as generated code calls it, in training under autocast, against the module's own call.</summary>
public sealed class ConvolutionCallsTests
{
    [Fact]
    public void WhatIsComputedIsTheSame()
    {
        using DisposeScope scope = NewDisposeScope();
        using Conv2d convolution = nn.Conv2d(16, 16, 3, padding: 1);
        Tensor input = MemoryFormat.ChannelsLast(randn(2, 16, 8, 8));
        using IDisposable region = Autocast.Enable(DeviceType.CPU, ScalarType.BFloat16);
        Tensor ours = convolution.Call(input), torchs = convolution.call(input);
        // Both are rounded to 8 bits; a bias that is rounded before may move the last one.
        Assert.True(((ours - torchs).abs().to(float32) <= torchs.abs().to(float32) / 128 + 0.01f).all().item<bool>());
        Assert.Equal("rn::conv", Assert.Single(Operations(() => convolution.Call(input)), static name => name.StartsWith("rn::", StringComparison.Ordinal)));
    }

    [Fact]
    public void AHookIsNotPassedOver()
    {
        using DisposeScope scope = NewDisposeScope();
        using Conv2d convolution = nn.Conv2d(4, 4, 1);
        int calls = 0;
        convolution.register_forward_hook((_, _, output) =>
        {
            calls++;
            return output;
        });
        using (Autocast.Enable(DeviceType.CPU, ScalarType.BFloat16))
        {
            convolution.Consume(MemoryFormat.ChannelsLast(randn(2, 4, 3, 3))).Dispose();
        }

        Assert.Equal(1, calls);
    }

    [Fact]
    public void AnInputThatNobodyNeedsIsReleased()
    {
        using Conv2d convolution = nn.Conv2d(4, 4, 1);
        using Tensor input = randn(2, 4, 3, 3);
        convolution.Call(input).Dispose();
        Assert.False(input.IsInvalid);
        convolution.Consume(input).Dispose();
        Assert.True(input.IsInvalid);
    }

    private static IReadOnlyList<string> Operations(Func<Tensor> call)
    {
        using OperationRecorder recorder = OperationRecorder.Start([]);
        call().Dispose();
        return [.. recorder.Read().Select(static each => each.Name)];
    }
}
