using System.Text.Json;
using ResNetGen.Training;

namespace ResNetGen.Tests.Training;

public sealed class FilesTests : TinyRuns
{
    [Fact]
    public void Metrics_are_one_object_a_line()
    {
        Recorder recorder = new();
        Fit("run", recorder);
        JsonElement[] lines =
            [.. File.ReadLines(Path.Combine(Folder("run"), "metrics.jsonl")).Select(static l => JsonDocument.Parse(l).RootElement)];
        JsonElement[] train = [.. lines.Where(static l => l.GetProperty("kind").GetString() == "train")];
        JsonElement[] eval = [.. lines.Where(static l => l.GetProperty("kind").GetString() == "eval")];
        Assert.Equal(recorder.Metrics.Count, train.Length);
        Assert.Equal(recorder.Evaluations.Count, eval.Length);
        for (int i = 0; i < train.Length; i++)
        {
            Assert.Equal(recorder.Metrics[i].Iteration, train[i].GetProperty("iteration").GetInt64());
            Assert.Equal(recorder.Metrics[i].Loss, train[i].GetProperty("train.loss").GetDouble());
            Assert.Equal(100 * recorder.Metrics[i].Error, train[i].GetProperty("train.error").GetDouble());
            Assert.Equal(recorder.Metrics[i].LearningRate, train[i].GetProperty("train.lr").GetDouble());
            Assert.True(train[i].GetProperty("train.total_ips").GetDouble() > 0);
            double data = train[i].GetProperty("train.data_time").GetDouble(), compute = train[i].GetProperty("train.compute_time").GetDouble();
            Assert.True(data >= 0 && compute > 0);

            // A step of 32 pictures takes both times.
            Assert.Equal(32 / (data + compute), train[i].GetProperty("train.total_ips").GetDouble(), 0.02 * 32 / (data + compute));
            Assert.True(train[i].GetProperty("train.compute_ips").GetDouble() >= train[i].GetProperty("train.total_ips").GetDouble());
            Assert.InRange(train[i].GetProperty("memory.resident").GetInt64(), 1 << 20, 1L << 40);
            Assert.False(train[i].TryGetProperty("memory.allocated", out _));
            Assert.Equal(train[i].GetProperty("iteration").GetInt64() / 6.0, train[i].GetProperty("epoch").GetDouble(), 12);
        }

        Assert.Equal(100 * recorder.Evaluations[^1].Accuracy, eval[^1].GetProperty("val.top1").GetDouble());
        Assert.True(eval[^1].GetProperty("val.total_ips").GetDouble() > 0);
        Assert.Equal(100, eval[^1].GetProperty("val.top1").GetDouble() + eval[^1].GetProperty("val.error").GetDouble(), 9);
    }

    [Fact]
    public void Every_name_in_the_files_is_in_the_table_of_the_documentation()
    {
        Fit("run");
        string documentation = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "reports.md"));
        string[] names = [.. File.ReadLines(Path.Combine(Folder("run"), "metrics.jsonl")).SelectMany(static l => JsonDocument.Parse(l).RootElement.EnumerateObject().Select(static p => p.Name)).Distinct()];
        Assert.True(names.Length > 12);
        Assert.All(names, name => Assert.Contains($"`{name}`", documentation, StringComparison.Ordinal));
    }

    [Fact]
    public void The_summary_says_what_was_trained_and_what_came_of_it()
    {
        TrainingResult result = Fit("run");
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder("run"), "summary.json")));
        JsonElement root = document.RootElement;
        Assert.Equal("TinyNet", root.GetProperty("network").GetString());
        Assert.Equal(TinyNet.Architecture.ParameterCount, root.GetProperty("parameters").GetInt64());
        Assert.True(root.GetProperty("completed").GetBoolean());
        Assert.Equal(18, root.GetProperty("iteration").GetInt64());
        Assert.Equal(100 * result.LastEvaluation!.Accuracy, root.GetProperty("val.top1").GetDouble());
        Assert.Equal(18, root.GetProperty("val.iteration").GetInt64());
        Assert.True(root.GetProperty("peak_memory_bytes").GetInt64() > 1 << 20);
        Assert.Equal("3 epochs", root.GetProperty("settings").GetProperty("length").GetString());
        Assert.True(File.Exists(Path.Combine(Folder("run"), root.GetProperty("checkpoint").GetString()!)));
    }

    [Fact]
    public void An_interrupted_run_has_a_summary_too()
    {
        Fit("run", new Recorder { StopAt = 3 });
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder("run"), "summary.json")));
        Assert.False(document.RootElement.GetProperty("completed").GetBoolean());
        Assert.Equal(3, document.RootElement.GetProperty("iteration").GetInt64());
        Assert.False(document.RootElement.TryGetProperty("val.top1", out _));
    }

    [Fact]
    public void The_settings_are_stored_at_the_start()
    {
        Fit("run", new Recorder { StopAt = 1 });
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder("run"), "run.json")));
        foreach ((string name, string value) in Recipe.Describe())
        {
            Assert.Equal(value, document.RootElement.GetProperty(name).GetString());
        }

        Assert.Equal("7", document.RootElement.GetProperty("seed").GetString());
        Assert.Contains($", {Environment.ProcessorCount} processor", document.RootElement.GetProperty("machine").GetString(), StringComparison.Ordinal);
        Assert.Equal(TinyNet.Architecture.ToString().TrimEnd(), File.ReadAllText(Path.Combine(Folder("run"), "network.txt")).TrimEnd());
    }

    [Fact]
    public void An_output_that_is_a_file_is_refused()
    {
        Directory.CreateDirectory(Folder("."));
        File.WriteAllText(Folder("file"), "");
        Assert.Contains("is a file; a folder was expected", Assert.Throws<BadInputException>(() => Fit("file")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_output_that_cannot_be_made_is_refused()
    {
        File.WriteAllText(Folder("file"), "");
        Assert.Contains("cannot be written", Assert.Throws<BadInputException>(() => Fit("file/below")).Message, StringComparison.Ordinal);
    }
}
