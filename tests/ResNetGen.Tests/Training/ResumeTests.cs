using ResNetGen.Checkpoints;
using ResNetGen.Training;

namespace ResNetGen.Tests.Training;

public sealed class ResumeTests : TinyRuns
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(13)]
    [InlineData(17)]
    public void A_run_interrupted_at_any_iteration_ends_like_one_that_never_was(int iteration)
    {
        Fit("undisturbed");
        Recorder first = new() { StopAt = iteration };
        TrainingResult interrupted = Fit("resumed", first);
        Assert.False(interrupted.Completed);
        Assert.Equal(iteration, interrupted.Iteration);
        Assert.True(File.Exists(interrupted.Checkpoint));

        Recorder second = new();
        Assert.True(Fit("resumed", second, resume: true).Completed);
        Assert.Equal(iteration, second.Run!.StartIteration);
        Assert.Equal(iteration + 1, second.Steps[0].Iteration);
        Assert.Equal(Tensors("undisturbed"), Tensors("resumed"));
        Assert.Equal(Metrics("undisturbed"), Metrics("resumed"));
    }

    [Fact]
    public void A_run_interrupted_at_every_iteration_ends_like_one_that_never_was()
    {
        Fit("undisturbed");
        bool completed = Fit("resumed", new Recorder { StopAt = 1 }).Completed;
        for (int iteration = 2; !completed; iteration++)
        {
            completed = Fit("resumed", new Recorder { StopAt = iteration }, resume: true).Completed;
        }

        Assert.Equal(Tensors("undisturbed"), Tensors("resumed"));
        Assert.Equal(Metrics("undisturbed"), Metrics("resumed"));
    }

    [Theory]
    [InlineData(6)]
    [InlineData(18)]
    public void An_evaluation_that_was_given_up_is_made_on_resume(int iteration)
    {
        Fit("undisturbed");
        TrainingResult interrupted = Fit("resumed", new Recorder { StopInEvaluationAt = iteration });
        Assert.False(interrupted.Completed);
        Assert.Equal(iteration, interrupted.Iteration);
        Assert.True(Fit("resumed", resume: true).Completed);
        Assert.Equal(Tensors("undisturbed"), Tensors("resumed"));
        Assert.Equal(Metrics("undisturbed"), Metrics("resumed"));
    }

    [Fact]
    public void Cut_epochs_resume_as_well()
    {
        Fit("undisturbed", change: Limit);
        Fit("resumed", new Recorder { StopAt = 3 }, change: Limit);
        Fit("resumed", resume: true, change: Limit);
        Assert.Equal(Tensors("undisturbed"), Tensors("resumed"));

        static TrainerOptions Limit(TrainerOptions options) => options with { LimitBatches = 2 };
    }

    [Fact]
    public void A_run_stopped_before_its_first_step_resumes_too()
    {
        Fit("undisturbed");
        TrainingResult stopped = Fit("resumed", change: static o => o with { Cancellation = new CancellationToken(canceled: true) });
        Assert.Equal(0, stopped.Iteration);
        Fit("resumed", resume: true);
        Assert.Equal(Tensors("undisturbed"), Tensors("resumed"));
    }

    [Fact]
    public void Resuming_a_finished_run_trains_no_further_and_gives_its_result_again()
    {
        TrainingResult first = Fit("run");
        Dictionary<string, string> files = Files("run");
        Recorder recorder = new();
        TrainingResult again = Fit("run", recorder, resume: true);
        Assert.True(again.Completed);
        Assert.Empty(recorder.Steps);
        Assert.Same(again, recorder.Result);
        Assert.Equal(first.LastEvaluation, again.LastEvaluation);
        Assert.Equal(first.Checkpoint, again.Checkpoint);
        Assert.Equal(files, Files("run"));
    }

    /// <summary>A kill between the last checkpoint and the summary.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("{\"completed\":false}")]
    [InlineData("{")]
    public void A_finished_run_without_its_summary_gets_one_on_resume(string? left)
    {
        Fit("run");
        string summary = Path.Combine(Folder("run"), "summary.json");
        File.Delete(summary);
        if (left is not null)
        {
            File.WriteAllText(summary, left);
        }

        List<string> metrics = Metrics("run");
        string[] names = [.. Files("run").Keys];
        Fit("run", resume: true);
        Assert.Contains("\"completed\": true", File.ReadAllText(summary), StringComparison.Ordinal);
        Assert.Equal(metrics, Metrics("run"));
        Assert.Equal(names.Append(summary).Distinct().Order(StringComparer.Ordinal), Files("run").Keys.Order(StringComparer.Ordinal));
    }

    private Dictionary<string, string> Files(string folder) => Directory.EnumerateFiles(Folder(folder), "*", SearchOption.AllDirectories)
        .ToDictionary(static file => file, static file => Convert.ToHexString(File.ReadAllBytes(file)), StringComparer.Ordinal);

    [Fact]
    public void Lines_that_a_killed_session_wrote_after_its_last_checkpoint_are_dropped()
    {
        Fit("undisturbed");
        Fit("resumed", new Recorder { StopAt = 5 });

        // What a kill leaves: readings of steps that are in no checkpoint, and half a line.
        File.AppendAllText(Path.Combine(Folder("resumed"), "metrics.jsonl"),
            """
            {"kind":"train","iteration":8,"train.loss":1}
            {"kind":"train","itera
            """);
        Fit("resumed", resume: true);
        Assert.Equal(Metrics("undisturbed"), Metrics("resumed"));
    }

    [Fact]
    public void A_damaged_newest_checkpoint_is_passed_over()
    {
        Fit("undisturbed");
        Fit("resumed", new Recorder { StopAt = 8 });
        string newest = new CheckpointFolder(Path.Combine(Folder("resumed"), "checkpoints")).Files[0];
        byte[] bytes = File.ReadAllBytes(newest);
        bytes[^1] ^= 1;
        File.WriteAllBytes(newest, bytes);

        Recorder second = new();
        Fit("resumed", second, resume: true);
        Assert.Equal(6, second.Run!.StartIteration);
        Assert.Contains(second.Run.Notes, note => note.Contains(newest, StringComparison.Ordinal) && note.Contains("checksum", StringComparison.Ordinal));
        Assert.Equal(Tensors("undisturbed"), Tensors("resumed"));
        Assert.Equal(Metrics("undisturbed"), Metrics("resumed"));
    }

    [Fact]
    public void Only_damaged_checkpoints_are_an_error()
    {
        Fit("run", new Recorder { StopAt = 2 });
        string only = Assert.Single(new CheckpointFolder(Path.Combine(Folder("run"), "checkpoints")).Files);
        File.WriteAllBytes(only, File.ReadAllBytes(only)[..100]);
        BadInputException e = Assert.Throws<BadInputException>(() => Fit("run", resume: true));
        Assert.Contains("no checkpoint in", e.Message, StringComparison.Ordinal);
        Assert.Contains(only, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fresh_run_does_not_move_into_a_taken_folder()
    {
        Fit("run");
        Dictionary<string, string> before = Tensors("run");
        Assert.Contains("Set TrainerOptions.Resume", Assert.ThrowsAny<BadInputException>(() => Fit("run")).Message, StringComparison.Ordinal);
        Assert.Equal(before, Tensors("run"));
    }

    [Fact]
    public void Nothing_to_resume_is_an_error() =>
        Assert.StartsWith("Nothing to resume: there is no checkpoint in ",
            Assert.Throws<BadInputException>(() => Fit("run", resume: true)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_checkpoint_of_another_network_is_refused_by_name()
    {
        Fit<OtherNet>("run");
        string message = Assert.ThrowsAny<BadInputException>(() => Fit<TinyNet>("run", resume: true)).Message;
        Assert.Contains("OtherNet (14 weighted layers)", message, StringComparison.Ordinal);
        Assert.Contains("TinyNet (8 weighted layers)", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_settings_are_refused_one_by_one()
    {
        Fit("run", new Recorder { StopAt = 2 });
        string message = Assert.ThrowsAny<BadInputException>(() =>
            Fit("run", resume: true, recipe: Recipe with { Length = TrainingLength.Epochs(5), Optimizer = new Sgd(0.8, Nesterov: true) })).Message;
        Assert.Contains("length was 3 epochs, now 5 epochs", message, StringComparison.Ordinal);
        Assert.Contains("optimizer was SGD, momentum 0.9, Nesterov, now SGD, momentum 0.8, Nesterov", message, StringComparison.Ordinal);
    }

    public static TheoryData<string, Recipe, Recipe> NearlyTheSame => new()
    {
        { "learning rate", Recipe, Recipe with { Schedule = new OneCycle(0.1, Divisor: 24) } },
        { "learning rate", Recipe, Recipe with { Schedule = new OneCycle(0.1, FinalDivisor: 1e5) } },
        { "learning rate", Recipe, Recipe with { Schedule = new OneCycle(0.1, RiseFraction: 0.301) } },
        { "learning rate", Recipe, Recipe with { Schedule = new OneCycle(Math.BitIncrement(0.1)) } },
        { "learning rate", Recipe with { Schedule = new StepDecay(0.1, 0.1, 9) }, Recipe with { Schedule = new StepDecay(0.1, Math.BitIncrement(0.1), 9) } },
        { "learning rate", Recipe with { Schedule = new StepDecay(0.1, 0.1, 9) }, Recipe with { Schedule = new StepDecay(0.1, 0.1, 10) } },
        { "warm-up", Recipe with { WarmUp = new WarmUpUntilError(0.01, 0.8) { FromWeightedLayers = 8 } }, Recipe with { WarmUp = new WarmUpUntilError(0.01, 0.8001) { FromWeightedLayers = 8 } } },
        { "warm-up", Recipe with { WarmUp = new WarmUpUntilError(0.01, 0.8) { FromWeightedLayers = 8 } }, Recipe },
        { "optimizer", Recipe, Recipe with { Optimizer = new Sgd(Math.BitIncrement(0.9), Nesterov: true) } },
        { "optimizer", Recipe, Recipe with { Optimizer = new Sgd() } },
        { "weight decay", Recipe, Recipe with { WeightDecay = Math.BitIncrement(5e-4) } },
        { "label smoothing", Recipe, Recipe with { LabelSmoothing = double.Epsilon } },
    };

    [Theory]
    [MemberData(nameof(NearlyTheSame))]
    public void Settings_that_look_the_same_but_are_not_are_refused(string setting, Recipe first, Recipe second)
    {
        Fit("run", new Recorder { StopAt = 2 }, recipe: first);
        Assert.Contains($"its run was started with other settings: {setting} was ",
            Assert.ThrowsAny<BadInputException>(() => Fit("run", resume: true, recipe: second)).Message, StringComparison.Ordinal);
        Assert.False(Fit("run", new Recorder { StopAt = 3 }, resume: true, recipe: first).Completed);
    }

    [Fact]
    public void Other_test_pictures_are_refused()
    {
        Fit("run", new Recorder { StopAt = 2 });
        TrainerOptions options = new() { Output = Folder("run"), Resume = true, Seed = 7, Device = ComputeDevice.Cpu, Precision = Precision.Fp32 };
        Assert.Contains("it was tested on other pictures (test split ", Assert.ThrowsAny<BadInputException>(() =>
            Trainer.Fit<TinyNet, TinySet>(Recipe, options, TinySet.TestedOnOthers)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_evaluation_made_on_resume_and_lost_in_a_kill_is_written_once()
    {
        Fit("undisturbed");
        Fit("resumed", new Recorder { StopInEvaluationAt = 6 });
        byte[] atCheckpoint = File.ReadAllBytes(new CheckpointFolder(Path.Combine(Folder("resumed"), "checkpoints")).Files[0]);

        // The second session evaluates at 6, goes on to 8, and its checkpoint is lost with it.
        string second = Fit("resumed", new Recorder { StopAt = 8 }, resume: true).Checkpoint!;
        File.Delete(second);
        File.WriteAllBytes(new CheckpointFolder(Path.Combine(Folder("resumed"), "checkpoints")).PathOf(6), atCheckpoint);
        Assert.Contains(Metrics("resumed"), static line => line.StartsWith("kind=\"eval\" iteration=6 ", StringComparison.Ordinal));

        Fit("resumed", resume: true);
        Assert.Equal(Metrics("undisturbed"), Metrics("resumed"));
        Assert.Equal(Tensors("undisturbed"), Tensors("resumed"));
    }
}
