using ResNetGen.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Native.Tests;

public class TensorRegionTests
{
    // Far more than other threads take or give back meanwhile, and less than any machine has.
    private const long Large = 48L << 20;

    // A block is rounded up to lines of 64 bytes, and a line lies between any two.
    private const long Line = 64;

    public TensorRegionTests() => Assert.True(Allocator.TuneForTraining());

    [Fact]
    public void LargeTensorsLieInItAndSmallOnesDoNot()
    {
        long before = Allocator.Region.Taken;
        using Tensor small = zeros(32_000);
        Assert.Equal(before, Allocator.Region.Taken);
        using (Tensor large = zeros(Large, dtype: uint8))
        {
            Assert.Equal(before + Large + Line, Allocator.Region.Taken);
            Assert.Equal(0, large.max().item<byte>());
        }

        Assert.Equal(before, Allocator.Region.Taken);
    }

    [Fact]
    public void TensorsThatLiveTogetherDoNotOverlap()
    {
        // Sizes on both sides of 128 KiB and lifetimes as they come; each tensor holds a number of its own until it goes.
        Random random = new(1);
        List<(Tensor Tensor, int Value)> alive = [];
        for (int i = 0; i < 400; i++)
        {
            alive.Add((full([random.Next(4000, 400_000)], i, dtype: int32), i));
            if (random.Next(3) == 0) continue;
            int which = random.Next(alive.Count);
            (Tensor tensor, int value) = alive[which];
            alive.RemoveAt(which);
            Assert.Equal((value, value), (tensor.min().item<int>(), tensor.max().item<int>()));
            tensor.Dispose();
        }

        foreach ((Tensor tensor, int value) in alive)
        {
            Assert.Equal((value, value), (tensor.min().item<int>(), tensor.max().item<int>()));
            tensor.Dispose();
        }
    }

    [Fact]
    public void GapsThatTouchBecomeOne()
    {
        // A place that takes all parts, and what lies between them.
        const long Together = (4 * Large) + (3 * Line);
        zeros(Together, dtype: uint8).Dispose();
        long extent = Allocator.Region.Extent;
        Tensor[] parts = [.. Enumerable.Range(0, 4).Select(static _ => zeros(Large, dtype: uint8))];
        Assert.Equal(extent, Allocator.Region.Extent);
        foreach (int i in (int[])[1, 3, 0, 2]) parts[i].Dispose();
        using Tensor whole = zeros(Together, dtype: uint8);
        Assert.Equal(extent, Allocator.Region.Extent);
    }

    [Fact]
    public void TheSameStepAgainNeedsNoMoreMemory()
    {
        Step();
        long extent = Allocator.Region.Extent;
        for (int i = 0; i < 5; i++) Step();
        Assert.Equal(extent, Allocator.Region.Extent);

        static void Step()
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor x = ones(1000, 300, requires_grad: true);  // 1.2 MB each
            Tensor y = x;
            for (int layer = 0; layer < 8; layer++) y = y.mul(1.1).sigmoid();
            y.sum().backward();
        }
    }

    [Fact]
    public void WhatIsReleasedIsNoLongerResident()
    {
        Allocator.ReleaseFreed();  // so that what goes afterwards is the tensor's
        Tensor large = zeros(4 * Large, dtype: uint8);
        long with = ProcessMemory.ResidentBytes;
        large.Dispose();
        Allocator.ReleaseFreed();
        // Other threads may take a little meanwhile.
        Assert.InRange(ProcessMemory.ResidentBytes, 0, with - (3 * Large));
        using Tensor again = zeros(4 * Large, dtype: uint8);
        Assert.Equal(0, again.max().item<byte>());
    }

    [Fact]
    public void TheMeterCountsWhatLiesInIt()
    {
        using MemoryMeter meter = MemoryMeter.Start();
        Tensor large = zeros(Large, dtype: uint8);
        Assert.Equal(Large, meter.HeldBytes);
        large.Dispose();
        Assert.Equal(0, meter.HeldBytes);
    }

    [Fact]
    public void MemoryThatIsNotThereIsRefusedWithAMessage()
    {
        Exception error = Assert.ThrowsAny<Exception>(static () => zeros(1L << 50, dtype: uint8));
        Assert.Contains("memory", error.Message, StringComparison.Ordinal);
    }
}
