using System.Diagnostics;
using ResNetGen.Native;
using ResNetGen.Tests.Data;
using ResNetGen.Tests.Training;

namespace ResNetGen.Tests.Hostile;

/// <summary>
/// Whatever a file holds, a reader answers with a message that names it: in little memory, in little time, and having written
/// nothing. Alone, since memory and the folder's content are the whole process's.
/// </summary>
[Collection(Alone.Name)]
public sealed class HostileFileTests
{
    public static TheoryData<string> Names => [.. HostileFiles.All.Select(static file => file.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_hostile_file_gets_a_message_and_nothing_else(string name)
    {
        HostileFile file = HostileFiles.All.Single(file => file.Name == name);
        using TestFolder folder = new();
        string path = folder[name];
        file.Make(path);
        string[] here = Everything(Environment.CurrentDirectory);
        string[] there = Everything(folder.Path);

        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        long? resident = ResetPeak() ? ProcessMemory.ResidentBytes : null;
        Stopwatch clock = Stopwatch.StartNew();
        BadInputException e = Assert.ThrowsAny<BadInputException>(() => file.Read(path));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - allocated, 0, file.MostBytes);
        if (resident is long before)
        {
            // What native code took shows only here; the collector's own growth needs some room.
            Assert.InRange(ProcessMemory.PeakResidentBytes - before, long.MinValue, file.MostBytes + (32 << 20));
        }

        Assert.Contains(file.Names(path), e.Message, StringComparison.Ordinal);
        Assert.All(file.Says, part => Assert.Contains(part, e.Message, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", e.Message, StringComparison.Ordinal);

        // A pickle that asks for a file to be made, an archive that leads out of its folder: nothing came of it.
        Assert.Equal(here, Everything(Environment.CurrentDirectory));
        Assert.Equal(there, Everything(folder.Path));
    }

    [Fact]
    public void There_are_at_least_forty_and_each_name_is_given_once()
    {
        Assert.InRange(HostileFiles.All.Count, 40, int.MaxValue);
        Assert.Equal(HostileFiles.All.Count, HostileFiles.All.Select(static file => file.Name).Distinct(StringComparer.Ordinal).Count());
    }

    private static string[] Everything(string folder) =>
        [.. Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    /// <summary>Starts the kernel's record of the largest resident size again; false where it keeps none.</summary>
    private static bool ResetPeak()
    {
        try
        {
            File.WriteAllText("/proc/self/clear_refs", "5");
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
