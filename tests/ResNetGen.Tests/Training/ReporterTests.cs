using System.Text.RegularExpressions;
using ResNetGen.Training;
using Spectre.Console;

namespace ResNetGen.Tests.Training;

public sealed partial class ReporterTests : TinyRuns
{
    [Fact]
    public void Plain_lines_tell_the_run_from_settings_to_result()
    {
        StringWriter text = new() { NewLine = "\n" };
        Fit("run", change: o => o with { Observers = [new PlainReporter(text, TimeSpan.Zero)] });
        string[] lines = text.ToString().TrimEnd().Split('\n');
        Assert.Equal(
            FormattableString.Invariant($"TinyNet: {TinyNet.Architecture.ParameterCount:N0} parameters, {TinyNet.Architecture.MultiplyAdds:N0} multiply-adds an image"),
            lines[0]);
        Assert.Equal("tiny pictures: 200 pictures to train on, 90 to test on", lines[1]);
        Assert.StartsWith("cpu, fp32, as asked for, ", lines[2], StringComparison.Ordinal);
        Assert.Contains("  length                 3 epochs", lines);
        Assert.Contains(lines, static line => line.StartsWith("18 iterations of 6 an epoch, into ", StringComparison.Ordinal));
        Assert.Equal(6, lines.Count(static line => MetricsLine().IsMatch(line)));
        Assert.Equal(3, lines.Count(static line => Evaluation().IsMatch(line)));
        Assert.Matches(Evaluation(), lines[^1]);
    }

    [Fact]
    public void Plain_lines_do_not_come_more_often_than_asked_for()
    {
        StringWriter text = new() { NewLine = "\n" };
        Fit("run", change: o => o with { Observers = [new PlainReporter(text, TimeSpan.FromHours(1))] });
        string[] lines = text.ToString().Split('\n');
        Assert.DoesNotContain(lines, static line => MetricsLine().IsMatch(line));
        Assert.Equal(3, lines.Count(static line => Evaluation().IsMatch(line)));
    }

    [Fact]
    public void Plain_lines_hold_no_escape_codes()
    {
        StringWriter text = new();
        Fit("run", change: o => o with { Observers = [new PlainReporter(text, TimeSpan.Zero)] });
        Assert.DoesNotContain('\u001b', text.ToString());
    }

    [Fact]
    public void A_live_line_moves_and_the_evaluations_stay()
    {
        StringWriter text = new();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            Interactive = InteractionSupport.Yes,
            ColorSystem = ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = 200;
        using (LiveReporter reporter = new(console))
        {
            Fit("run", change: o => o with { Observers = [reporter] });
        }

        string shown = text.ToString();
        Assert.Contains('─', shown);
        Assert.Equal(3, Evaluation().Count(shown));
        Assert.Contains("\u001b[", shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, 2)]
    [InlineData(80, 3)]
    [InlineData(50, 3)]
    [InlineData(30, 7)]
    public void The_live_view_says_everything_at_any_width(int width, int lines)
    {
        string[] drawn = Draw(width, unicode: true);
        Assert.Equal(lines, drawn.Length);
        Assert.All(drawn, line => Assert.True(line.Length < width, line));
        string all = string.Join("  ", drawn);
        foreach (string figure in new[] { "25 %", "500/2,000", "to go 2 m 30 s", "loss 1.235", "train error 45.7 %", "test error 40.0 %", "lr 0.1", "images/s 1,234", "memory 1.5 GiB" })
        {
            Assert.Contains(figure, all, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_live_view_is_ASCII_where_the_terminal_has_no_more()
    {
        Assert.StartsWith("##########------------------------------", Draw(80, unicode: false)[0], StringComparison.Ordinal);
        Assert.StartsWith("━━━━━━━━━━──────────────────────────────", Draw(80, unicode: true)[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Time_to_go_follows_from_what_this_session_has_done()
    {
        StillClock clock = new();
        Pace pace = new(1000, clock);
        Assert.Equal(double.NaN, pace.Remaining(1000, 3000));
        clock.Seconds = 30;
        Assert.Equal(270, pace.Remaining(1200, 3000), 6);
        Assert.Equal(double.NaN, pace.Remaining(3000, 3000));
    }

    private sealed class StillClock : TimeProvider
    {
        public double Seconds { get; set; }

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => (long)(1000 * Seconds);
    }

    private static string[] Draw(int width, bool unicode)
    {
        StringWriter text = new() { NewLine = "\n" };
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = width;
        console.Profile.Capabilities.Unicode = unicode;
        TrainingMetrics metrics = new()
        {
            Iteration = 500, TotalIterations = 2000, Epoch = 1, Loss = 1.2346, Error = 0.457, LearningRate = 0.1, ImagesPerSecond = 1234, ComputeImagesPerSecond = 1300,
            DataSeconds = 0, ComputeSeconds = 0.1, Memory = new MemoryUse(3L << 29), ElapsedSeconds = 50,
        };
        EvaluationMetrics evaluation = new() { Iteration = 400, Epoch = 1, Loss = 1, Correct = 6, Count = 10, ElapsedSeconds = 40 };
        console.Write(new LiveView(console.Profile).Draw(new StepProgress(500, 2000, 0.1), 150, metrics, evaluation));
        return text.ToString().TrimEnd('\n').Split('\n');
    }

    [Fact]
    public void A_live_line_goes_away_when_the_run_fails()
    {
        StringWriter text = new();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(text),
        });
        using (LiveReporter reporter = new(console))
        {
            Recipe explosive = Recipe with { Schedule = new StepDecay(1e30, 1, 1) };
            Assert.Throws<TrainingDivergedException>(() => Fit("run", recipe: explosive, change: o => o with { Observers = [reporter] }));
        }

        string before = text.ToString();
        Thread.Sleep(500);
        Assert.Equal(before, text.ToString());
    }

    [Theory]
    [InlineData(4.4, "4 s")]
    [InlineData(146, "2 m 26 s")]
    [InlineData(7_384, "2 h 3 m")]
    public void Durations_read_well(double seconds, string expected) => Assert.Equal(expected, ReportText.Duration(seconds));

    [GeneratedRegex(@"^iteration \d+/18  epoch \d\.\d\d  loss \d+\.\d{4}  train error \d+\.\d\d %  lr \S+  [\d,]+ images/s  [\d.]+ [MG]iB(  [\d hms]+ to go)?$", RegexOptions.CultureInvariant)]
    private static partial Regex MetricsLine();

    [GeneratedRegex(@"epoch \d: test error \d+\.\d\d % \(accuracy \d+\.\d\d %\), loss \d+\.\d{4}, after \d+ s", RegexOptions.CultureInvariant)]
    private static partial Regex Evaluation();
}
