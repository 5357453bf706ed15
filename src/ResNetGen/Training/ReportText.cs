using System.Globalization;
using ResNetGen.Reports;

namespace ResNetGen.Training;

/// <summary>The wording that both reporters share.</summary>
internal static class ReportText
{
    /// <summary>What will be trained, line by line.</summary>
    public static IEnumerable<string> Started(RunDescription run)
    {
        yield return Invariant(
            $"{run.Network.Name}: {run.Network.ParameterCount:N0} parameters, {run.Network.MultiplyAdds:N0} multiply-adds an image");
        yield return Invariant(
            $"{run.DatasetDescription}: {run.TrainCount:N0} pictures to train on, {run.TestCount:N0} to test on");
        yield return run.Compute.Description;
        int width = run.Recipe.Describe().Max(static line => line.Key.Length);
        foreach ((string name, string value) in run.Recipe.Describe())
        {
            yield return $"  {name.PadRight(width)}  {value}";
        }

        yield return Invariant(
            $"{run.TotalIterations:N0} iterations of {run.IterationsPerEpoch:N0} an epoch, into {run.Output}");
        if (run.StartIteration > 0)
        {
            yield return Invariant($"resumed at iteration {run.StartIteration:N0}");
        }

        foreach (string note in run.Notes)
        {
            yield return "note: " + note;
        }
    }

    /// <summary>Progress in one line.</summary>
    /// <param name="metrics">The reading.</param>
    /// <param name="remaining">Seconds to go; not a number where that is not known.</param>
    public static string Metrics(TrainingMetrics metrics, double remaining) => Invariant(
        $"iteration {metrics.Iteration:N0}/{metrics.TotalIterations:N0}  epoch {metrics.Epoch:F2}  loss {metrics.Loss:F4}  train error {100 * metrics.Error:F2} %  lr {metrics.LearningRate:G3}  {metrics.ImagesPerSecond:N0} images/s  {Html.Bytes(metrics.Memory.Bytes)}")
        + (double.IsFinite(remaining) ? $"  {Duration(remaining)} to go" : "");

    /// <summary>An evaluation in one line.</summary>
    public static string Evaluated(EvaluationMetrics evaluation) => Invariant(
        $"epoch {evaluation.Epoch:0.##}: test error {100 * evaluation.Error:F2} % (accuracy {100 * evaluation.Accuracy:F2} %){Top5(evaluation)}{Averaged(evaluation)}, loss {evaluation.Loss:F4}, after {Duration(evaluation.ElapsedSeconds)}");

    /// <summary>For example "2 m 26 s".</summary>
    public static string Duration(double seconds) => Html.Duration(seconds);

    private static string Averaged(EvaluationMetrics evaluation) =>
        evaluation.AveragedError is { } error ? Invariant($", averaged weights {100 * error:F2} %") : "";

    private static string Top5(EvaluationMetrics evaluation) =>
        evaluation.Top5Error is { } error ? Invariant($", top-5 error {100 * error:F2} %") : "";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
