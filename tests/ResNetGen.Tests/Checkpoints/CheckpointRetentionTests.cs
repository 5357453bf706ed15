using ResNetGen.Checkpoints;
using ResNetGen.Tests.Data;

namespace ResNetGen.Tests.Checkpoints;

public sealed class CheckpointRetentionTests : IDisposable
{
    private readonly TestFolder folder = new();

    [Fact]
    public void Last_best_and_every_are_kept_side_by_side()
    {
        CheckpointFolder checkpoints = Open(new() { Last = 2, Best = 2, Every = 40 });
        Save(checkpoints, (10, 0.5), (20, 0.2), (30, 0.3), (40, 0.4), (50, 0.25), (60, 0.35), (70, 0.6), (80, 0.7), (90, null), (100, 0.9));
        Assert.Equal([20, 40, 50, 80, 90, 100], Kept(checkpoints));
    }

    /// <summary>What is best is in each file itself: another process, or one that was killed in between, comes to the same.</summary>
    [Fact]
    public void The_best_are_known_from_the_files_alone()
    {
        Save(Open(new() { Last = 1, Best = 1 }), (10, 0.2), (20, 0.3));
        CheckpointFolder resumed = Open(new() { Last = 1, Best = 1 });
        Save(resumed, (30, 0.25));
        Assert.Equal([10, 30], Kept(resumed));
        Assert.Equal(0.2, CheckpointFile.ReadInfo(resumed.PathOf(10)).TestError);
        Save(resumed, (40, 0.1));
        Assert.Equal([40], Kept(resumed));
    }

    [Fact]
    public void Of_two_equally_good_ones_the_earlier_is_kept()
    {
        CheckpointFolder checkpoints = Open(new() { Last = 1, Best = 1 });
        Save(checkpoints, (10, 0.25), (20, 0.25), (30, 0.5));
        Assert.Equal([10, 30], Kept(checkpoints));
    }

    [Fact]
    public void A_damaged_one_takes_no_good_ones_place_and_is_not_deleted()
    {
        CheckpointFolder checkpoints = Open(new() { Last = 2 });
        Save(checkpoints, (10, null), (20, null), (30, null));
        Damage(checkpoints.PathOf(30));
        Save(checkpoints, (40, null));
        Assert.Equal([20, 30, 40], Kept(checkpoints));
        Damage(checkpoints.PathOf(40));
        Assert.Equal(20, Open(new()).FindLatestValid().Found!.Position.Iteration);

        // As soon as there are two whole ones again, the last of the old goes; the damaged stay for whoever wants to know.
        Save(checkpoints, (50, null), (60, null));
        Assert.Equal([30, 40, 50, 60], Kept(checkpoints));
    }

    /// <summary>A bit that rots changes neither length nor time.</summary>
    [Fact]
    public void Damage_without_a_trace_in_the_one_before_is_seen_before_older_ones_go()
    {
        CheckpointFolder checkpoints = Open(new() { Last = 2 });
        Save(checkpoints, (10, null), (20, null), (30, null));
        DateTime time = File.GetLastWriteTimeUtc(checkpoints.PathOf(30));
        Damage(checkpoints.PathOf(30));
        File.SetLastWriteTimeUtc(checkpoints.PathOf(30), time);
        Save(checkpoints, (40, null));
        Assert.Equal([20, 30, 40], Kept(checkpoints));
    }

    [Fact]
    public void A_damaged_best_one_is_not_the_best()
    {
        CheckpointFolder checkpoints = Open(new() { Last = 1, Best = 1 });
        Save(checkpoints, (10, 0.1));
        Damage(checkpoints.PathOf(10));
        Save(checkpoints, (20, 0.2), (30, 0.3));
        Assert.Equal([10, 20, 30], Kept(checkpoints));
    }

    [Theory]
    [InlineData(0, 0, null, "TrainerOptions.Keep.Last is 0; expected 1 or more.")]
    [InlineData(1, -1, null, "TrainerOptions.Keep.Best is -1; expected 0 or more.")]
    [InlineData(1, 0, 0L, "TrainerOptions.Keep.Every is 0; expected 1 or more.")]
    public void Numbers_that_mean_nothing_are_refused(int last, int best, long? every, string says) =>
        Assert.Equal(says, Assert.Throws<BadInputException>(() => Open(new() { Last = last, Best = best, Every = every })).Message);

    public void Dispose() => folder.Dispose();

    private CheckpointFolder Open(CheckpointRetention keep) => new(folder["run"], keep);

    private static void Save(CheckpointFolder checkpoints, params (long Iteration, double? Error)[] all)
    {
        foreach ((long iteration, double? error) in all)
        {
            using TrainingState state = SmallRun.State(iteration) with { TestError = error };
            checkpoints.Save(state);
        }
    }

    private static long[] Kept(CheckpointFolder checkpoints) =>
        [.. checkpoints.Files.Select(static file => long.Parse(Path.GetFileNameWithoutExtension(file)[^8..], System.Globalization.CultureInfo.InvariantCulture)).Order()];

    private static void Damage(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);
    }
}
