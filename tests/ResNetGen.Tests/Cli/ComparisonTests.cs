using System.Xml.Linq;
using ResNetGen.Samples.Degradation;

namespace ResNetGen.Tests.Cli;

/// <summary>samples/Degradation: several runs, one picture.</summary>
public sealed class ComparisonTests : CliRuns
{
    private Ended Compare(params string[] more)
    {
        StringWriter output = new() { NewLine = "\n" };
        StringWriter error = new() { NewLine = "\n" };
        int code = Samples.Degradation.Cli.Run(
            ["--data", Data, "--output", Output, "--device", "cpu", "--precision", "fp32", "--iterations", "2", .. more], output, error);
        return new Ended(code, output.ToString(), error.ToString());
    }

    [Fact]
    public void Trains_what_is_asked_for_and_keeps_what_is_there()
    {
        Ended first = Compare("--networks", "plain20,resnet20");
        Assert.Equal((0, ""), (first.Code, first.Error));
        Assert.Contains("plain20 (1 of 2)", first.Output, StringComparison.Ordinal);
        byte[] before = File.ReadAllBytes(NewestCheckpoint(Path.Combine(Output, "plain20")));

        Ended again = Compare("--networks", "plain20");
        Assert.Equal(1, again.Code);
        Assert.Contains("Give --resume to keep it", again.Error, StringComparison.Ordinal);

        Ended more = Compare("--networks", "plain20,plain56", "--resume");
        Assert.Equal((0, ""), (more.Code, more.Error));
        Assert.Equal(before, File.ReadAllBytes(NewestCheckpoint(Path.Combine(Output, "plain20"))));

        // The picture has the runs of both sessions.
        XElement picture = XElement.Load(Path.Combine(Output, "degradation.svg"));
        string[] names = [.. new[] { "plain20", "plain56", "resnet20" }.Where(name => picture.Value.Contains(name, StringComparison.Ordinal))];
        Assert.Equal(["plain20", "plain56", "resnet20"], names);
        Assert.True(File.Exists(Path.Combine(Output, "report.html")));
        Assert.Contains("plain56", XElement.Load(Path.Combine(Output, "responses.svg")).Value, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_network_is_named_with_the_nearest_one()
    {
        Ended ended = Compare("--networks", "plane56");
        Assert.Equal(1, ended.Code);
        Assert.Contains("there is no \"plane56\" here. Did you mean plain56?", ended.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Output));
    }

    // Training errors of plain-20, plain-56, ResNet-20 and ResNet-56, and what may be said of each pair.
    [Theory]
    [InlineData(30, 50, 25, 20, "more layers train worse, the paper's degradation", "with shortcuts depth helps, as in the paper")]
    [InlineData(30, 20, 20, 25, "not what the paper found", "not what the paper found")]
    [InlineData(30, 30.5, 25, 24.5, "too close to tell", "too close to tell")]
    public void The_findings_are_those_of_the_runs(double plain20, double plain56, double resnet20, double resnet56, string plain, string residual)
    {
        (string Name, double Error)[] runs = [("plain20", plain20), ("plain56", plain56), ("resnet20", resnet20), ("resnet56", resnet56)];
        foreach ((string name, double error) in runs)
        {
            string folder = Directory.CreateDirectory(Path.Combine(Root, name)).FullName;
            File.WriteAllLines(Path.Combine(folder, "metrics.jsonl"),
            [
                // Only the last tenth of the run counts.
                """{"kind": "train", "iteration": 100, "epoch": 1, "train.error": 90}""",
                FormattableString.Invariant($$"""{"kind": "train", "iteration": 1000, "epoch": 2, "train.error": {{error}}}"""),
                """{"kind": "eval", "iteration": 1000, "epoch": 2, "val.error": 40}""",
            ]);
        }

        StringWriter output = new() { NewLine = "\n" };
        Samples.ComparisonPlan plan = DegradationPlan.Of(Arguments(), output);
        plan.Show(Samples.Finished.All(plan, Root), Cifar10.Open(Data));

        string text = output.ToString();
        Assert.Contains($"plain networks: training error 30.00 % with 20 layers, {plain56:F2} % with 56: {plain}", text, StringComparison.Ordinal);
        Assert.Contains($"residual networks: training error {resnet20:F2} % with 20 layers, {resnet56:F2} % with 56: {residual}", text, StringComparison.Ordinal);
    }

    private Samples.ComparisonArguments Arguments() => new()
    {
        Paper = false,
        Networks = null,
        Iterations = null,
        Data = null,
        Output = Root,
        Resume = false,
        Processes = new Samples.ProcessRequest(1, Oversubscribe: false, SynchronizedBatchNorm: false, Timeout: null),
        Device = ComputeDevice.Cpu,
        Precision = Precision.Fp32,
        Seed = 0,
    };
}
