using System.Globalization;

namespace ResNetGen.Training;

/// <summary>What a run must remember besides its tensors, to go on as if it had never stopped.</summary>
internal sealed class RunProgress
{
    /// <summary>Iterations done.</summary>
    public long Iteration { get; set; }

    /// <summary>Whether the warm-up is still on.</summary>
    public bool WarmingUp { get; set; }

    /// <summary>What a schedule that waits for the error to stand still has seen.</summary>
    public PlateauState Plateau { get; set; } = PlateauState.Start;

    /// <summary>The last evaluation.</summary>
    public EvaluationMetrics? LastEvaluation { get; set; }

    /// <summary>Seconds of training in earlier sessions.</summary>
    public double EarlierSeconds { get; set; }

    /// <summary>The device and arithmetic, to tell a session elsewhere.</summary>
    public string Compute { get; set; } = "";

    /// <summary>As text, with the sums of the metrics that were being collected. Doubles come back bit for bit.</summary>
    /// <param name="sums">The sums, as they were read.</param>
    /// <param name="metrics">How much they are sums of.</param>
    /// <param name="elapsedSeconds">Seconds of training so far.</param>
    public Dictionary<string, string> ToExtra(MetricSums sums, RunningMetrics metrics, double elapsedSeconds)
    {
        Dictionary<string, string> extra = new(StringComparer.Ordinal)
        {
            ["warming_up"] = WarmingUp ? "true" : "false",
            ["plateau_best"] = Text(Plateau.Best),
            ["plateau_waited"] = Text(Plateau.Waited),
            ["plateau_drops"] = Text(Plateau.Drops),
            ["loss_sum"] = Text(sums.LossSum),
            ["wrong"] = Text(sums.Wrong),
            ["summed_iterations"] = Text(metrics.Iterations),
            ["summed_images"] = Text(metrics.Images),
            ["elapsed"] = Text(elapsedSeconds),
            ["compute"] = Compute,
        };
        if (sums.Losses.Length > 1)
        {
            extra["loss_sums"] = string.Join(' ', sums.Losses.Select(Text));
            extra["wrongs"] = string.Join(' ', sums.Wrongs.Select(Text));
        }

        if (LastEvaluation is { } last)
        {
            extra["eval_iteration"] = Text(last.Iteration);
            extra["eval_epoch"] = Text(last.Epoch);
            extra["eval_loss"] = Text(last.Loss);
            extra["eval_correct"] = Text(last.Correct);
            extra["eval_count"] = Text(last.Count);
            if (last.CorrectTop5 is { } top5) extra["eval_correct_top5"] = Text(top5);
            if (last.Seconds is { } seconds) extra["eval_seconds"] = Text(seconds);
            if (last is { AveragedLoss: { } averagedLoss, AveragedCorrect: { } averagedCorrect })
            {
                extra["eval_averaged_loss"] = Text(averagedLoss);
                extra["eval_averaged_correct"] = Text(averagedCorrect);
            }

            extra["eval_elapsed"] = Text(last.ElapsedSeconds);
        }

        return extra;
    }

    /// <summary>Takes up what a checkpoint remembers.</summary>
    /// <exception cref="FormatException">A value does not read as what it should be.</exception>
    /// <exception cref="KeyNotFoundException">A value is missing.</exception>
    public static RunProgress FromExtra(long iteration, IReadOnlyDictionary<string, string> extra, RunningMetrics metrics)
    {
        metrics.Restore(SumsOf(extra), Whole(extra, "summed_iterations"), Whole(extra, "summed_images"));
        return new RunProgress
        {
            Iteration = iteration,
            WarmingUp = extra["warming_up"] == "true",
            Plateau = new PlateauState(Real(extra, "plateau_best"), checked((int)Whole(extra, "plateau_waited")), checked((int)Whole(extra, "plateau_drops"))),
            EarlierSeconds = Real(extra, "elapsed"),
            Compute = extra["compute"],
            LastEvaluation = !extra.ContainsKey("eval_iteration") ? null : new EvaluationMetrics
            {
                Iteration = Whole(extra, "eval_iteration"),
                Epoch = Real(extra, "eval_epoch"),
                Loss = Real(extra, "eval_loss"),
                Correct = Whole(extra, "eval_correct"),
                CorrectTop5 = extra.ContainsKey("eval_correct_top5") ? Whole(extra, "eval_correct_top5") : null,
                Count = Whole(extra, "eval_count"),
                Seconds = extra.ContainsKey("eval_seconds") ? Real(extra, "eval_seconds") : null,
                AveragedLoss = extra.ContainsKey("eval_averaged_loss") ? Real(extra, "eval_averaged_loss") : null,
                AveragedCorrect = extra.ContainsKey("eval_averaged_correct") ? Whole(extra, "eval_averaged_correct") : null,
                ElapsedSeconds = Real(extra, "eval_elapsed"),
            },
        };
    }

    /// <summary>Those of each rank where there were several.</summary>
    private static MetricSums SumsOf(IReadOnlyDictionary<string, string> extra) =>
        extra.TryGetValue("loss_sums", out string? losses) && extra.TryGetValue("wrongs", out string? wrongs)
            ? new MetricSums([.. losses.Split(' ').Select(Real)], [.. wrongs.Split(' ').Select(Whole)])
            : new MetricSums([Real(extra, "loss_sum")], [Whole(extra, "wrong")]);

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static double Real(IReadOnlyDictionary<string, string> extra, string key) =>
        Real(extra[key]);

    private static double Real(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static long Whole(IReadOnlyDictionary<string, string> extra, string key) =>
        Whole(extra[key]);

    private static long Whole(string text) => long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
