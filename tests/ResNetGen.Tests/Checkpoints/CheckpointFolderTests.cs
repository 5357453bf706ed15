using ResNetGen.Checkpoints;
using ResNetGen.Tests.Data;
using ResNetGen.Weights;
using static TorchSharp.torch;

namespace ResNetGen.Tests.Checkpoints;

public class CheckpointFolderTests
{
    [Fact]
    public void The_last_few_are_kept()
    {
        using var folder = new TestFolder();
        var checkpoints = new CheckpointFolder(folder["run"], new CheckpointRetention { Last = 2 });
        foreach (long iteration in (long[])[10, 20, 30, 40]) Save(checkpoints, iteration);
        Assert.Equal([checkpoints.PathOf(40), checkpoints.PathOf(30)], checkpoints.Files);
        Assert.Equal(["checkpoint-00000030.safetensors", "checkpoint-00000040.safetensors"],
            Directory.EnumerateFiles(folder["run"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Damaged_ones_are_passed_over_by_name()
    {
        using var folder = new TestFolder();
        var checkpoints = new CheckpointFolder(folder.Path, new CheckpointRetention { Last = 5 });
        foreach (long iteration in (long[])[1, 2, 3, 4]) Save(checkpoints, iteration);
        Flip(checkpoints.PathOf(4), -1);
        using (FileStream file = File.OpenWrite(checkpoints.PathOf(3))) file.SetLength(100);
        LatestCheckpoint latest = checkpoints.FindLatestValid();
        Assert.Equal(2, latest.Found!.Position.Iteration);
        Assert.Equal([checkpoints.PathOf(4), checkpoints.PathOf(3)], latest.PassedOver.Select(passed => passed.Path));
        Assert.Contains("checksum", latest.PassedOver[0].Reason, StringComparison.Ordinal);
        Assert.Contains("cut off", latest.PassedOver[1].Reason, StringComparison.Ordinal);

        // Going on from there sets the damaged ones aside, so that they are never in the way again.
        Save(checkpoints, 3);
        Assert.Equal([3L, 2, 1], checkpoints.Files.Select(file => CheckpointFile.Verify(file).Position.Iteration));
        Assert.True(File.Exists(checkpoints.PathOf(4) + ".stale"));
    }

    [Fact]
    public void An_empty_or_missing_folder_has_none()
    {
        using var folder = new TestFolder();
        Assert.Null(new CheckpointFolder(folder.Path).FindLatestValid().Found);
        Assert.Null(new CheckpointFolder(folder["gone"]).FindLatestValid().Found);
        new CheckpointFolder(folder["gone"]).RefuseIfOccupied();
    }

    /// <summary>A process killed at any moment of a save leaves some first part under the temporary name, and nothing else.</summary>
    [Fact]
    public void What_a_killed_run_leaves_is_ignored_and_cleared()
    {
        using var folder = new TestFolder();
        var checkpoints = new CheckpointFolder(folder.Path);
        string whole = Save(checkpoints, 1);
        byte[] bytes = File.ReadAllBytes(whole);
        foreach (int length in (int[])[0, 7, 100, bytes.Length - 1, bytes.Length])
        {
            string left = checkpoints.PathOf(2) + ".unfinished";
            File.WriteAllBytes(left, bytes[..length]);
            LatestCheckpoint latest = checkpoints.FindLatestValid();
            Assert.Equal(1, latest.Found!.Position.Iteration);
            Assert.Empty(latest.PassedOver);
            Save(checkpoints, 1);
            Assert.False(File.Exists(left));
        }
    }

    [Fact]
    public void A_save_that_fails_leaves_the_old_file_and_nothing_else()
    {
        using var folder = new TestFolder();
        var checkpoints = new CheckpointFolder(folder.Path);
        string path = Save(checkpoints, 1);
        byte[] before = File.ReadAllBytes(path);
        // A full disk, as the writer sees it: half of the bytes go, then no more.
        var e = Assert.Throws<BadInputException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write(before.AsSpan(0, before.Length / 2));
            throw new IOException("No space left on device.");
        }));
        Assert.Contains("No space left", e.Message, StringComparison.Ordinal);
        Assert.Contains("untouched", e.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_named()
    {
        using var folder = new TestFolder();
        File.WriteAllText(folder["file"], "");
        using TrainingState state = SmallRun.State(1);
        var e = Assert.Throws<BadInputException>(() => new CheckpointFolder(folder["file/run"]).Save(state));
        Assert.Contains(folder["file/run"], e.Message, StringComparison.Ordinal);
        Assert.Contains("name another folder", e.Message, StringComparison.Ordinal);
    }

    /// <summary>
    /// A link to itself cannot be opened; the speed of a loopback device can, has a length and a time, and the kernel refuses to
    /// read it: a disk that fails under a file, for root as well.
    /// </summary>
    [Fact]
    public void Files_that_the_disk_does_not_give_are_passed_over_and_in_nobodys_way()
    {
        using var folder = new TestFolder();
        var checkpoints = new CheckpointFolder(folder.Path, new CheckpointRetention { Last = 2 });
        foreach (long iteration in (long[])[1, 2]) Save(checkpoints, iteration);
        File.CreateSymbolicLink(checkpoints.PathOf(3), "/sys/class/net/lo/speed");
        File.CreateSymbolicLink(checkpoints.PathOf(4), checkpoints.PathOf(4));
        File.CreateSymbolicLink(checkpoints.PathOf(5), folder["gone"]);
        Directory.CreateDirectory(checkpoints.PathOf(6));

        LatestCheckpoint latest = checkpoints.FindLatestValid();
        Assert.Equal(2, latest.Found!.Position.Iteration);
        Assert.Equal([5, 4, 3], latest.PassedOver.Select(passed => int.Parse(Path.GetFileNameWithoutExtension(passed.Path)[^8..], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Contains("does not exist", latest.PassedOver[0].Reason, StringComparison.Ordinal);
        Assert.All(latest.PassedOver.Skip(1), passed => Assert.StartsWith($"Checkpoint {passed.Path}: it cannot be read: ", passed.Reason, StringComparison.Ordinal));
        foreach (Action<string> read in (Action<string>[])[path => CheckpointFile.ReadInfo(path), path => CheckpointFile.Verify(path), path => CheckpointFile.Load(path)])
            Assert.Contains("it cannot be read: ", Assert.Throws<CheckpointException>(() => read(checkpoints.PathOf(3))).Message, StringComparison.Ordinal);

        Assert.Contains("cannot be written", Assert.Throws<BadInputException>(() => Save(checkpoints, 6)).Message, StringComparison.Ordinal);
        Save(checkpoints, 7);
        Assert.Equal(7, checkpoints.FindLatestValid().Found!.Position.Iteration);
        Assert.Equal([2L, 7], checkpoints.Files.Where(file => new FileInfo(file).LinkTarget is null).Select(file => CheckpointFile.Verify(file).Position.Iteration).Order());
    }

    [Fact]
    public void A_new_run_is_refused_where_another_is()
    {
        using var folder = new TestFolder();
        var checkpoints = new CheckpointFolder(folder.Path);
        checkpoints.RefuseIfOccupied();
        Save(checkpoints, 12);
        var e = Assert.Throws<CheckpointException>(checkpoints.RefuseIfOccupied);
        Assert.Contains("Set TrainerOptions.Resume", e.Message, StringComparison.Ordinal);
    }

    private static string Save(CheckpointFolder folder, long iteration)
    {
        using TrainingState state = SmallRun.State(iteration);
        return folder.Save(state);
    }

    private static void Flip(string path, int at)
    {
        byte[] bytes = File.ReadAllBytes(path);
        bytes[at < 0 ? bytes.Length + at : at] ^= 1;
        File.WriteAllBytes(path, bytes);
    }
}
