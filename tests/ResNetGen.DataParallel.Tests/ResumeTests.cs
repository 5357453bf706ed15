using ResNetGen.Checkpoints;
using ResNetGen.Distributed;
using ResNetGen.Reports;
using ResNetGen.Tests.Training;
using ResNetGen.Training;

namespace ResNetGen.DataParallel.Tests;

/// <summary>One set of checkpoints for all ranks, from which as many or others go on.</summary>
public sealed class ResumeTests : RankThreads
{
    [Theory]
    [InlineData(5)]
    [InlineData(8)]
    public void As_many_ranks_go_on_to_the_bit(int iteration)
    {
        Assert.All(Several<NormNet>(2, "undisturbed"), static rank => Assert.True(rank.Done().Completed));
        RankThreads.Ended[] first = Several<NormNet>(2, "resumed", recorder: new Recorder { StopAt = iteration });
        Assert.All(first, rank => Assert.Equal((false, iteration), (rank.Done().Completed, rank.Done().Iteration)));
        Recorder second = new();
        Assert.All(Several<NormNet>(2, "resumed", recorder: second, change: Resume), static rank => Assert.True(rank.Done().Completed));
        Assert.Equal(iteration, second.Run!.StartIteration);
        Assert.DoesNotContain(second.Run.Notes, static note => note.Contains("its numbers will not be those", StringComparison.Ordinal));
        Assert.Equal(State("undisturbed"), State("resumed"));
        Assert.Equal(Metrics("undisturbed"), Metrics("resumed"));
    }

    [Theory]
    [InlineData(2, 4)]
    [InlineData(4, 1)]
    [InlineData(1, 2)]
    public void Other_numbers_of_ranks_go_on_nearly_so(int before, int after)
    {
        One<PlainNet>("one");
        float[] expected = TestNet.Last[0];
        Run(before, new Recorder { StopAt = 9 }, resume: false);
        Recorder second = new();
        Run(after, second, resume: true);
        Assert.InRange(Distance(expected, SameOnAll(after)), 0, 1e-5);
        Assert.Contains(second.Run!.Notes, note => note.Contains("its numbers will not be those of an undisturbed run", StringComparison.Ordinal));
        Assert.Equal(9, second.Run.StartIteration);

        void Run(int count, Recorder recorder, bool resume)
        {
            if (count == 1)
            {
                One<PlainNet>("run", recorder: recorder, change: options => options with { Resume = resume });
            }
            else
            {
                Assert.All(Several<PlainNet>(count, "run", recorder: recorder, change: (options, _) => options with { Resume = resume }), static rank => rank.Done());
            }
        }
    }

    [Fact]
    public void Ranks_that_do_not_see_rank_0s_folder_go_on_as_well()
    {
        Several<NormNet>(2, "undisturbed");
        Several<NormNet>(2, "run0", recorder: new Recorder { StopAt = 5 }, change: Apart);
        RankThreads.Ended[] ended = Several<NormNet>(2, "run0", change: (options, rank) => Apart(Resume(options, rank), rank));
        Assert.All(ended, static rank => Assert.True(rank.Done().Completed));
        Assert.Equal(State("undisturbed"), State("run0"));
        Assert.False(Directory.Exists(Folder("run1")));

        TrainerOptions Apart(TrainerOptions options, int rank) => options with { Output = Folder($"run{rank}") };
    }

    [Fact]
    public void Ranks_that_find_different_checkpoints_stop()
    {
        Several<PlainNet>(2, "a", recorder: new Recorder { StopAt = 5 });
        Several<PlainNet>(2, "b", recorder: new Recorder { StopAt = 9 });
        RankThreads.Ended[] ended = Several<PlainNet>(2, "a", change: (options, rank) => options with { Resume = true, Output = Folder(rank == 0 ? "a" : "b") });
        Assert.All(ended, static rank =>
        {
            string message = Assert.IsType<BadInputException>(rank.Failure).Message;
            Assert.StartsWith("The ranks do not find the same run to resume: rank 0 finds ", message, StringComparison.Ordinal);
            Assert.Contains("after iteration 5", message, StringComparison.Ordinal);
            Assert.Contains("after iteration 9", message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_restart_goes_on_by_itself_and_begins_where_nothing_is()
    {
        Several<NormNet>(2, "undisturbed");
        Several<NormNet>(2, "run", recorder: new Recorder { StopAt = 5 }, change: Restarted);
        Recorder second = new();
        Several<NormNet>(2, "run", recorder: second, change: Restarted);
        Assert.Equal(5, second.Run!.StartIteration);
        Assert.Equal(State("undisturbed"), State("run"));

        static TrainerOptions Restarted(TrainerOptions options, int rank) => options with { Ranks = options.Ranks! with { Restarts = 1 } };
    }

    [Fact]
    public void Nothing_to_resume_is_said_by_all() => Assert.All(Several<PlainNet>(2, "none", change: Resume), static rank =>
        Assert.StartsWith("Nothing to resume: there is no checkpoint in ", Assert.IsType<BadInputException>(rank.Failure).Message, StringComparison.Ordinal));

    [Fact]
    public void Ranks_that_are_about_to_do_different_things_stop()
    {
        RankThreads.Ended[] ended = Several<PlainNet>(3, "run", change: static (options, rank) => options with { Seed = rank == 1 ? 8 : 7 },
            recipeOf: static rank => rank == 2 ? Recipe with { WeightDecay = 0.5 } : Recipe);
        Assert.All(ended, static rank =>
        {
            string message = Assert.IsType<BadInputException>(rank.Failure).Message;
            Assert.StartsWith("The ranks are not about to do the same: the seed is 7 on ranks 0 and 2, 8 on rank 1; weight decay is ", message, StringComparison.Ordinal);
            Assert.Contains("on rank 2. Start all", message, StringComparison.Ordinal);
        });
        Assert.False(Directory.Exists(Path.Combine(Folder("run"), "checkpoints")));
    }

    private static TrainerOptions Resume(TrainerOptions options, int rank) => options with { Resume = true };

    /// <summary>All of a run's newest checkpoint but what depends on the clock and on torch's default generator, which the threads share.</summary>
    private Dictionary<string, string> State(string folder)
    {
        using TrainingState state = CheckpointFile.Load(new CheckpointFolder(Path.Combine(Folder(folder), "checkpoints")).Files[0]);
        return state.Tensors.Where(static t => !t.Key.StartsWith("random.", StringComparison.Ordinal))
            .ToDictionary(static t => t.Key, static t => Convert.ToHexString(t.Value.contiguous().bytes), StringComparer.Ordinal);
    }

    private string[] Metrics(string folder) =>
    [
        .. File.ReadLines(Path.Combine(Folder(folder), "metrics.jsonl")).Select(static line =>
        {
            using var document = System.Text.Json.JsonDocument.Parse(line);
            return string.Join(' ', document.RootElement.EnumerateObject().Where(static p => !MetricNames.IsMeasured(p.Name)).Select(static p => $"{p.Name}={p.Value.GetRawText()}"));
        }),
    ];
}
