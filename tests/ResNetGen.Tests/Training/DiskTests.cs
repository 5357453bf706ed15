using ResNetGen.Checkpoints;
using ResNetGen.Data;
using ResNetGen.Training;
using ResNetGen.Weights;

namespace ResNetGen.Tests.Training;

/// <summary>
/// Disks and folders that fail under a run. A file where a folder should be fails for everybody, root included; a disk that is
/// really full is in tests/reliability.
/// </summary>
public sealed class DiskTests : TinyRuns
{
    [Fact]
    public void A_checkpoint_that_cannot_be_written_is_said_and_tried_again()
    {
        Fit("undisturbed");
        Saboteur saboteur = new((5, () => File.WriteAllText(Checkpoints, "")), (8, () => File.Delete(Checkpoints)));
        TrainingResult result = Sabotage(saboteur);
        Assert.True(result.Completed);
        string warning = Assert.Single(saboteur.Warnings);
        Assert.Contains("checkpoint-00000006.safetensors cannot be written: ", warning, StringComparison.Ordinal);
        Assert.EndsWith("There is no checkpoint of this run yet. Training goes on, and tries again at the next checkpoint.", warning, StringComparison.Ordinal);
        Assert.Equal(Tensors("undisturbed"), Tensors("run"));
        Assert.Equal(["checkpoint-00000012.safetensors", "checkpoint-00000018.safetensors"],
            Directory.EnumerateFiles(Checkpoints).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_last_checkpoint_that_cannot_be_written_is_an_error_that_says_what_there_is()
    {
        Fit("undisturbed");
        string aside = Folder("aside");
        Saboteur saboteur = new((17, () =>
        {
            Directory.Move(Checkpoints, aside);
            File.WriteAllText(Checkpoints, "");
        }));
        BadInputException e = Assert.Throws<BadInputException>(() => Sabotage(saboteur));
        Assert.StartsWith("The run stopped after iteration 18, and no checkpoint of it could be written: ", e.Message, StringComparison.Ordinal);
        Assert.EndsWith("checkpoint-00000012.safetensors, is there no more.", e.Message, StringComparison.Ordinal);

        // Whoever makes room goes on from the last good one.
        File.Delete(Checkpoints);
        Directory.Move(aside, Checkpoints);
        Assert.True(Fit("run", resume: true).Completed);
        Assert.Equal(Tensors("undisturbed"), Tensors("run"));
        Assert.Equal(Metrics("undisturbed"), Metrics("run"));
    }

    [Fact]
    public void An_output_folder_that_vanishes_is_made_again_with_all_its_lines()
    {
        Fit("undisturbed");
        Saboteur saboteur = new((8, () => Directory.Delete(Folder("run"), recursive: true)));
        Assert.True(Sabotage(saboteur).Completed);
        Assert.Contains("had vanished", Assert.Single(saboteur.Warnings), StringComparison.Ordinal);
        Assert.Equal(Tensors("undisturbed"), Tensors("run"));
        Assert.Equal(Metrics("undisturbed"), Metrics("run"));
        Assert.True(File.Exists(Path.Combine(Folder("run"), "run.json")));
        Assert.True(File.Exists(Path.Combine(Folder("run"), "summary.json")));
    }

    // A folder of its name stands where the file should be.
    private static void Obstruct(string file)
    {
        File.Delete(file);
        Directory.CreateDirectory(file);
    }

    [Fact]
    public void Lines_that_could_not_be_written_come_later()
    {
        Fit("undisturbed");
        string metrics = Path.Combine(Folder("run"), "metrics.jsonl");
        Saboteur saboteur = new(
            (5, () => Obstruct(metrics)),
            (13, () => Directory.Delete(metrics)));
        Assert.True(Sabotage(saboteur).Completed);
        Assert.Equal(2, saboteur.Warnings.Count);
        Assert.StartsWith("MetricsFile fails: ", saboteur.Warnings[0], StringComparison.Ordinal);
        Assert.Contains(metrics, saboteur.Warnings[0], StringComparison.Ordinal);
        Assert.Equal("MetricsFile works again.", saboteur.Warnings[1]);
        Assert.Equal(Metrics("undisturbed"), Metrics("run"));
    }

    [Fact]
    public void Lines_that_never_reached_the_disk_are_said_at_the_end()
    {
        string metrics = Path.Combine(Folder("run"), "metrics.jsonl");
        Saboteur saboteur = new((5, () => Obstruct(metrics)));
        Assert.True(Sabotage(saboteur).Completed);
        Assert.Equal(2, saboteur.Warnings.Count);
        Assert.StartsWith("MetricsFile fails: ", saboteur.Warnings[0], StringComparison.Ordinal);

        // Readings at 4, 6, 8, 12, 16 and 18, and three evaluations; the first had been written, but its file is gone.
        Assert.StartsWith($"MetricsFile fails at the end of the run: {metrics} lacks its last 9 records: ", saboteur.Warnings[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_that_wait_in_memory_are_written_when_an_error_ends_the_run()
    {
        Fit("undisturbed");
        string metrics = Path.Combine(Folder("run"), "metrics.jsonl");
        Saboteur saboteur = new(
            (5, () => Obstruct(metrics)),
            (17, () =>
            {
                Directory.Delete(metrics);
                throw new InvalidOperationException("An observer's mistake.");
            }));
        Assert.Equal("An observer's mistake.", Assert.Throws<InvalidOperationException>(() => Sabotage(saboteur)).Message);

        // Readings at 4, 6, 8, 12 and 16, evaluations at 6 and 12.
        Assert.Equal(Metrics("undisturbed").Take(7), Metrics("run"));
    }

    [Fact]
    public void A_line_of_which_the_disk_took_a_part_is_written_again()
    {
        string path = Folder("lines");
        GrowingFile file = new(path);
        file.Start(["one\n"u8.ToArray()]);
        file.Append("two\n"u8.ToArray());
        File.AppendAllText(path, "thr");
        file.Append("three\n"u8.ToArray());
        Assert.Equal("one\ntwo\nthree\n", File.ReadAllText(path));
        using (FileStream cut = File.OpenWrite(path))
        {
            cut.SetLength(5);
        }

        file.Append("four\n"u8.ToArray());
        Assert.Equal("one\ntwo\nthree\nfour\n", File.ReadAllText(path));
    }

    /// <summary>The kernel's own "no space left on device": /dev/full takes no byte.</summary>
    [Fact]
    public void A_full_disk_is_named_and_what_stood_there_stays()
    {
        string path = Folder("file");
        File.WriteAllText(path, "good");
        File.CreateSymbolicLink(path + AtomicFile.TemporaryEnding, "/dev/full");
        BadInputException e = Assert.Throws<BadInputException>(() => AtomicFile.WriteText(path, "new"));
        Assert.StartsWith($"{path} cannot be written: No space left on device", e.Message, StringComparison.Ordinal);
        Assert.Contains("What stood there before is untouched.", e.Message, StringComparison.Ordinal);
        Assert.Equal("good", File.ReadAllText(path));
        Assert.False(Path.Exists(path + AtomicFile.TemporaryEnding));
    }

    [Theory]
    [InlineData("train", 8)]
    [InlineData("test", 11)]
    public void Pictures_that_vanish_end_the_run_with_all_it_has_learned_saved(string split, int after)
    {
        string data = Folder("data");
        FolderSet pictures = new(data);
        FitOn(pictures, "undisturbed");
        Saboteur saboteur = new((after, () => Directory.Move(Path.Combine(data, split), Folder("aside"))));
        BadInputException e = Assert.Throws<BadInputException>(() => FitOn(pictures, "run", saboteur));
        Assert.StartsWith(Path.Combine(data, split), e.Message, StringComparison.Ordinal);
        Assert.Matches(@" cannot be read: .* Training stopped after iteration \d+, which .+checkpoint-\d+\.safetensors holds\. Bring the pictures back", e.Message);
        Assert.InRange(CheckpointFile.Verify(new CheckpointFolder(Checkpoints).Files[0]).Position.Iteration, after, 17);

        Directory.Move(Folder("aside"), Path.Combine(data, split));
        Assert.True(FitOn(pictures, "run", resume: true).Completed);
        Assert.Equal(Tensors("undisturbed"), Tensors("run"));
        Assert.Equal(Metrics("undisturbed"), Metrics("run"));
    }

    [Fact]
    public void What_can_be_refused_is_refused_before_a_picture_is_read()
    {
        Fit("taken", new Recorder { StopAt = 1 });
        FolderSet pictures = new(Folder("data"));
        Directory.Delete(Path.Combine(Folder("data"), "train"), recursive: true);
        File.WriteAllText(Folder("file"), "");
        Refused("Recipe quick shows pictures of 3×6×6", "new", recipe: Recipe with { Augmentation = new() { Geometry = Geometry.RandomResizedCrop() with { Side = 6 } } });
        Refused("Batch size 201 is more than the 200 pictures", "new", recipe: Recipe with { BatchSize = 201 });
        Refused("TrainerOptions.Keep.Last is 0", "new", keep: new() { Last = 0 });
        Assert.False(Path.Exists(Folder("new")));
        Refused("is a file; a folder was expected", "file");
        Refused("the output folder holds a run already", "taken");
        Refused("Nothing to resume", "new", resume: true);
        Refused(" cannot be read: ", "new");

        void Refused(string says, string output, Recipe? recipe = null, CheckpointRetention? keep = null, bool resume = false) =>
            Assert.Contains(says, Assert.ThrowsAny<BadInputException>(() => Trainer.Fit<TinyNet, FolderSet>(recipe ?? Recipe, new TrainerOptions
            {
                Output = Folder(output), Resume = resume, Device = ComputeDevice.Cpu, Precision = Precision.Fp32, Keep = keep ?? new(),
            }, pictures)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_kept_by_iteration_is_written_then()
    {
        Fit("run", change: static options => options with { Keep = new() { Last = 1, Every = 5 } });
        Assert.Equal(["00000005", "00000010", "00000015", "00000018"],
            Directory.EnumerateFiles(Checkpoints).Select(static file => Path.GetFileNameWithoutExtension(file)[^8..]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_best_is_kept_and_the_last_is_the_result()
    {
        Recorder recorder = new();
        TrainingResult result = Fit("run", recorder, change: static options => options with { EvaluateEvery = 2, CheckpointEvery = 2, Keep = new() { Last = 1, Best = 1 } });
        double best = recorder.Evaluations.Min(static evaluation => evaluation.Error);
        long first = recorder.Evaluations.First(evaluation => evaluation.Error == best).Iteration;
        CheckpointFolder checkpoints = new(Checkpoints);
        Assert.Equal(new[] { first, 18 }.Distinct(), checkpoints.Files.Reverse().Select(static file => CheckpointFile.Verify(file).Position.Iteration));
        Assert.Equal(best, CheckpointFile.ReadInfo(checkpoints.PathOf(first)).TestError);
        Assert.Equal(18, result.LastEvaluation!.Iteration);
        Assert.Equal(checkpoints.PathOf(18), result.Checkpoint);
    }

    [Fact]
    public void What_is_kept_by_its_test_error_is_written_at_each_evaluation()
    {
        Recorder recorder = new();
        Fit("run", recorder, change: static options => options with { EvaluateEvery = 4, Keep = new() { Last = 1, Best = 2 } });
        Assert.Equal([4L, 6, 8, 12, 16, 18], recorder.Checkpoints.Select(static checkpoint => checkpoint.Iteration));
        IEnumerable<long> best = recorder.Evaluations.OrderBy(static evaluation => evaluation.Error).ThenBy(static evaluation => evaluation.Iteration)
            .Take(2).Select(static evaluation => evaluation.Iteration);
        Assert.Equal(best.Append(18).Distinct().Order(), new CheckpointFolder(Checkpoints).Files.Reverse().Select(static file => CheckpointFile.ReadInfo(file).Position.Iteration));
    }

    /// <summary>The checkpoint of a run that is stopped in an evaluation has no test error; the evaluation made on resume gives it one.</summary>
    [Fact]
    public void An_evaluation_made_on_resume_reaches_its_checkpoint()
    {
        Fit("run", new Recorder { StopInEvaluationAt = 6 });
        CheckpointFolder checkpoints = new(Checkpoints);
        Assert.Null(CheckpointFile.ReadInfo(checkpoints.PathOf(6)).TestError);
        Recorder second = new() { StopAt = 7 };
        Fit("run", second, resume: true);
        Assert.Equal(second.Evaluations.Single().Error, CheckpointFile.ReadInfo(checkpoints.PathOf(6)).TestError);
    }

    private string Checkpoints => Path.Combine(Folder("run"), "checkpoints");

    private TrainingResult Sabotage(Saboteur saboteur) => Fit("run", change: options => options with { Observers = [saboteur] });

    private TrainingResult FitOn(FolderSet pictures, string folder, Saboteur? saboteur = null, bool resume = false) =>
        Trainer.Fit<TinyNet, FolderSet>(Recipe, new TrainerOptions
        {
            Output = Folder(folder), Resume = resume, Seed = 7, Device = ComputeDevice.Cpu, Precision = Precision.Fp32,
            Observers = saboteur is null ? [] : [saboteur],
        }, pictures);
}
