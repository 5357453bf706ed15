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
        const int Touched = 256 << 20;
        long before = ProcessMemory.ResidentBytes;
        byte[] block = new byte[Touched];
        for (int i = 0; i < block.Length; i += 4096) block[i] = 1;
        // Other threads may give a little back meanwhile.
        Assert.InRange(ProcessMemory.PeakResidentBytes, before + (Touched / 10 * 9), long.MaxValue);
        Assert.InRange(ProcessMemory.ResidentBytes, 1, ProcessMemory.PeakResidentBytes);
        GC.KeepAlive(block);
    }
}
