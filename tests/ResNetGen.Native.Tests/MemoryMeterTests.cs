using ResNetGen.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Native.Tests;

public class MemoryMeterTests
{
    [Fact]
    public void ItCountsWhatIsTakenAndGivenBackToTheByte()
    {
        Assert.True(MemoryMeter.IsAvailable);
        using MemoryMeter meter = MemoryMeter.Start();
        Tensor x = zeros(3, 5);
        Assert.Equal(60, meter.HeldBytes);
        using Tensor y = zeros(7, dtype: int64);
        Assert.Equal(60 + 56, meter.HeldBytes);
        x.Dispose();
        Assert.Equal(56, meter.HeldBytes);
    }

    [Fact]
    public void ViewsAndInPlaceOperationsCountNothing()
    {
        using Tensor x = zeros(4, 4);
        using MemoryMeter meter = MemoryMeter.Start();
        using Tensor view = x.view(16);
        using Tensor same = x.add_(x);
        Assert.Equal(0, meter.HeldBytes);
    }

    [Fact]
    public void ItCountsWhatAutogradKeepsUntilBackward()
    {
        using Tensor weight = ones(1000, requires_grad: true);
        using MemoryMeter meter = MemoryMeter.Start();
        Tensor x = weight * weight;
        Tensor y = x.sigmoid();
        using Tensor sum = y.sum();
        x.Dispose();
        y.Dispose();
        // The sigmoid's output stays for its backward pass, and the sum itself.
        Assert.Equal(4000 + 4, meter.HeldBytes);

        sum.backward();
        // The gradient of the weight has come, the sigmoid's output has gone.
        Assert.Equal(4000 + 4, meter.HeldBytes);
        using Tensor gradient = weight.grad!;
        weight.grad = null;
        gradient.Dispose();
        Assert.Equal(4, meter.HeldBytes);
    }

    [Fact]
    public void MemoryFromBeforeDoesNotCountWhenItGoes()
    {
        Tensor before = zeros(100);
        using MemoryMeter meter = MemoryMeter.Start();
        before.Dispose();
        Assert.Equal(0, meter.HeldBytes);
    }

    [Fact]
    public void TheInnerMeterCountsAlone()
    {
        using MemoryMeter outer = MemoryMeter.Start();
        using (MemoryMeter inner = MemoryMeter.Start())
        {
            using Tensor x = zeros(8);
            Assert.Equal(32, inner.HeldBytes);
            Assert.Equal(0, outer.HeldBytes);
        }

        using Tensor y = zeros(2);
        Assert.Equal(8, outer.HeldBytes);
        Assert.Equal(0, outer.Held(DeviceType.CUDA));
    }

    [Fact]
    public void AStoppedMeterSaysSo()
    {
        MemoryMeter meter = MemoryMeter.Start();
        meter.Dispose();
        meter.Dispose();
        Assert.Throws<ObjectDisposedException>(() => meter.HeldBytes);
    }

    [Fact]
    public void AnotherThreadMayNotStopIt()
    {
        using MemoryMeter meter = MemoryMeter.Start();
        Exception? error = null;
        var thread = new Thread(() => error = Record.Exception(meter.Dispose));
        thread.Start();
        thread.Join();
        Assert.IsType<InvalidOperationException>(error);
    }
}
