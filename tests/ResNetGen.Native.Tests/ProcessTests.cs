using ResNetGen.Native;

namespace ResNetGen.Native.Tests;

public class ProcessTests
{
    [Fact]
    public void AllocatorTakesTheSettingsOnce()
    {
        bool first = Allocator.TuneForTraining();
        Assert.Equal(first, Allocator.TuneForTraining());
        Assert.Equal(OperatingSystem.IsLinux(), first);
    }

    [Fact]
    public void PeakGrowsWithTouchedMemory()
    {
        long before = ProcessMemory.PeakResidentBytes;
        Assert.InRange(ProcessMemory.ResidentBytes, 1, before);
        byte[] block = new byte[256 << 20];
        for (int i = 0; i < block.Length; i += 4096) block[i] = 1;
        Assert.True(ProcessMemory.PeakResidentBytes > before, "256 MiB were touched");
        GC.KeepAlive(block);
    }
}
