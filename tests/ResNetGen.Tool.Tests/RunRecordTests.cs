using ResNetGen.Reports;

namespace ResNetGen.Tool.Tests;

public sealed class RunRecordTests : RunFolders
{
    [Fact]
    public void A_run_is_what_its_files_say()
    {
        RunRecord run = RunRecord.Read(Write("run"));
        Assert.Equal("ResNet20", run.Network);
        Assert.Equal("CIFAR-10", run.Dataset);
        Assert.Equal("he2015", run.Setting("recipe"));
        Assert.Equal(120, run.Training.Count);
        Assert.Equal(20, run.Test.Count);
        Assert.Equal(8.75, run.TestError, 9);
        Assert.Equal(8.75 / 2, run.TrainingError, 9);
        Assert.Equal(60_000, run.Iterations);
        Assert.True(run.Completed);
        Assert.Equal(6000, run.Elapsed);
        Assert.Empty(run.Notes);
        Assert.Equal([CurveKind.Training, CurveKind.Test], run.Curves("plain").Select(static c => c.Kind));
        Assert.All(run.Curves("plain"), static c => Assert.Equal("plain", c.Name));
    }

    [Theory]
    [InlineData("not JSON", "line 3 is left out: it is not a whole JSON object")]
    [InlineData("{\"kind\":\"train\",\"iter", "line 3 is left out: it is not a whole JSON object")]
    [InlineData("[1,2]", "line 3 is left out: expected an object with \"kind\" and \"iteration\"")]
    [InlineData("{\"kind\":\"train\",\"iteration\":-1}", "line 3 is left out: expected an object")]
    [InlineData("{\"kind\":\"train\",\"iteration\":1.5}", "line 3 is left out: expected an object")]
    [InlineData("{\"kind\":\"test\",\"iteration\":1}", "line 3 is left out: its kind is \"test\"; expected \"train\" or \"eval\"")]
    [InlineData("{\"kind\":\"\\ud800\",\"iteration\":1}", "line 3 is left out: it is not a whole JSON object")]
    [InlineData("{\"kind\":\"train\",\"iteration\":1} {}", "line 3 is left out: something follows its object")]
    public void A_damaged_line_is_named_and_the_others_are_used(string line, string note)
    {
        string folder = Write("run");
        string path = Path.Combine(folder, "metrics.jsonl");
        List<string> lines = [.. File.ReadAllLines(path)];
        lines.Insert(2, line);
        File.WriteAllLines(path, lines);
        RunRecord run = RunRecord.Read(folder);
        Assert.Contains($"{path}: {note}", Assert.Single(run.Notes), StringComparison.Ordinal);
        Assert.Equal(120, run.Training.Count);
    }

    [Fact]
    public void A_line_without_end_of_many_megabytes_is_passed_over()
    {
        string folder = Write("run");
        File.AppendAllText(Path.Combine(folder, "metrics.jsonl"), new string('x', 8 << 20) + "\n{\"kind\":\"eval\",\"iteration\":61000,\"val.top1\":90}\n");
        RunRecord run = RunRecord.Read(folder);
        Assert.Contains("longer than 65,536 bytes", Assert.Single(run.Notes), StringComparison.Ordinal);
        Assert.Equal(10, run.TestError, 9);
    }

    [Fact]
    public void Many_damaged_lines_are_counted()
    {
        string folder = Write("run");
        File.AppendAllLines(Path.Combine(folder, "metrics.jsonl"), Enumerable.Repeat("{", 50));
        RunRecord run = RunRecord.Read(folder);
        Assert.Equal(4, run.Notes.Count);
        Assert.EndsWith("47 more lines are damaged and left out.", run.Notes[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run.json", "{\"network\":")]
    [InlineData("run.json", "{\"network\":\"\\ud800\"}")]
    [InlineData("summary.json", "[]")]
    public void A_damaged_file_beside_the_metrics_is_named(string file, string text)
    {
        string folder = Write("run");
        File.WriteAllText(Path.Combine(folder, file), text);
        RunRecord run = RunRecord.Read(folder);
        Assert.Contains(file, Assert.Single(run.Notes), StringComparison.Ordinal);
        Assert.Equal(8.75, run.TestError, 9);
    }

    [Fact]
    public void A_rate_that_falls_on_a_staircase_is_found_and_a_cosine_has_no_stairs()
    {
        RunRecord run = RunRecord.Read(Write("run"));
        CurveMark drop = Assert.Single(RunCurves.Drops([run]));
        Assert.Equal(new CurveMark(30_000, "rate 0.01"), drop);
        string folder = Write("cosine");
        File.WriteAllLines(Path.Combine(folder, "metrics.jsonl"), Enumerable.Range(1, 100).Select(static i => FormattableString.Invariant(
            $$"""{"kind":"train","iteration":{{i}},"train.lr":{{0.2 * (1 + Math.Cos(Math.PI * i / 100))}}}""")));
        Assert.Empty(RunCurves.Drops([RunRecord.Read(folder)]));
    }
}
