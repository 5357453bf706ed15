using ResNetGen.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Native.Tests;

public class DeviceMemoryTests
{
    [Fact]
    public void TheProcessorsAllocatorKeepsNoTotals() => Assert.Null(DeviceMemory.Held(CPU));

    [Fact]
    public void ATensorOnADeviceCountsInItsTotals()
    {
        // A machine without a GPU can only show that asking for one fails as everything else does there.
        if (!cuda.is_available())
        {
            Assert.ThrowsAny<Exception>(() => DeviceMemory.Held(device("cuda")));
            return;
        }

        (long before, _) = DeviceMemory.Held(device("cuda"))!.Value;
        using Tensor x = zeros(1 << 20, device: device("cuda"));
        (long allocated, long reserved) = DeviceMemory.Held(device("cuda"))!.Value;
        Assert.Equal(4 << 20, allocated - before);
        Assert.True(reserved >= allocated);
    }
}
