using System.Text.RegularExpressions;
using ResNetGen.Checkpoints;

namespace ResNetGen.Tests.Cli;

public sealed partial class CommandLineTests : CliRuns
{
    [Fact]
    public void A_training_ends_with_the_test_accuracy_on_the_last_line()
    {
        Ended ended = Train("--epochs", "2", "--network", "resnet20");
        Assert.Equal("", ended.Error);
        Assert.Equal(0, ended.Code);
        Assert.Matches(LastLine(), ended.LastLine);
        Assert.Contains("ResNet20: 269,722 parameters, 40,551,040 multiply-adds an image", ended.Output, StringComparison.Ordinal);
        Assert.Contains(": --data names it\n", ended.Output, StringComparison.Ordinal);
        Assert.EndsWith("\n", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_last_line_is_the_last_evaluations()
    {
        Ended ended = Train("--epochs", "2");
        string last = File.ReadLines(Path.Combine(Output, "metrics.jsonl")).Last(static l => l.Contains("val.top1", StringComparison.Ordinal));
        double top1 = System.Text.Json.JsonDocument.Parse(last).RootElement.GetProperty("val.top1").GetDouble();
        Assert.Equal(FormattableString.Invariant($"test accuracy {top1:F2} %"), ended.LastLine);
    }

    [Fact]
    public void List_shows_every_network_with_the_papers_costs()
    {
        Ended ended = Run("--list");
        Assert.Equal(0, ended.Code);
        Assert.Equal("", ended.Error);

        // Parameters and multiply-adds: the paper's Table 6 and torchvision-style counts, exactly.
        Assert.Matches(@"(?m)^resnet20 +20 +269,722 +40,551,040$", ended.Output);
        Assert.Matches(@"(?m)^resnet32 +32 +464,154 +68,862,592$", ended.Output);
        Assert.Matches(@"(?m)^resnet44 +44 +658,586 +97,174,144$", ended.Output);
        Assert.Matches(@"(?m)^resnet56 +56 +853,018 +125,485,696$", ended.Output);
        Assert.Matches(@"(?m)^resnet110 +110 +1,727,962 +252,887,680$", ended.Output);
        Assert.Matches(@"(?m)^plain20 +20 +269,722 +40,551,040$", ended.Output);
        Assert.Matches(@"(?m)^plain110 +110 +1,727,962 +252,887,680$", ended.Output);
        Assert.Matches(@"(?m)^resnet18 +18 +11,173,962 +555,422,720$", ended.Output);
    }

    [Fact]
    public void Help_names_every_option()
    {
        Ended ended = Run("--help");
        Assert.Equal(0, ended.Code);
        foreach (string option in (string[])["--network", "--data", "--epochs", "--batch-size", "--scale-rate", "--recipe", "--precision",
            "--device", "--seed", "--output", "--resume", "--checkpoint-every", "--keep", "--limit-batches", "--list", "--help"])
        {
            Assert.Contains(option, ended.Output, StringComparison.Ordinal);
        }

        Assert.Contains("quick|he2015|he2016", ended.Output, StringComparison.Ordinal);
        Assert.Contains("auto|fp32|bf16", ended.Output, StringComparison.Ordinal);
        Assert.Contains("auto|cpu|cuda", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void As_many_checkpoints_are_written_and_kept_as_asked_for()
    {
        Ended ended = Train("--epochs", "2", "--checkpoint-every", "1", "--keep", "3");
        Assert.Equal((0, ""), (ended.Code, ended.Error));
        CheckpointFolder folder = new(Path.Combine(Output, "checkpoints"));
        Assert.Equal([folder.PathOf(4), folder.PathOf(3), folder.PathOf(2)], folder.Files);
    }

    [Fact]
    public void The_seed_decides_the_numbers()
    {
        string same = Path.Combine(Root, "same");
        string other = Path.Combine(Root, "other");
        Run([.. Arguments(Output), "--epochs", "1", "--seed", "3"]);
        Run([.. Arguments(same), "--epochs", "1", "--seed", "3"]);
        Run([.. Arguments(other), "--epochs", "1", "--seed", "4"]);
        Assert.Equal(Metrics(Output), Metrics(same));
        Assert.NotEqual(Metrics(Output), Metrics(other));
    }

    [Fact]
    public void A_finished_run_resumed_prints_its_accuracy_again()
    {
        string first = Train("--epochs", "1").LastLine;
        Ended again = Train("--epochs", "1", "--resume");
        Assert.Equal("", again.Error);
        Assert.Equal(first, again.LastLine);
    }

    [GeneratedRegex(@"^test accuracy \d{1,3}\.\d\d %$", RegexOptions.CultureInvariant)]
    internal static partial Regex LastLine();
}
