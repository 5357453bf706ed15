using ResNetGen.Reports;

namespace ResNetGen.Training;

/// <summary>Readings and evaluations as names and values, in the order in which they are written; the same for every file.</summary>
internal static class MetricValues
{
    public static IEnumerable<(string Name, double Value)> Of(TrainingMetrics metrics) => Finite(
    [
        (MetricNames.TrainLoss, metrics.Loss),
        (MetricNames.TrainError, 100 * metrics.Error),
        (MetricNames.TrainRate, metrics.LearningRate),
        (MetricNames.TrainTotalSpeed, Math.Round(metrics.ImagesPerSecond, 1)),
        (MetricNames.TrainComputeSpeed, Math.Round(metrics.ComputeImagesPerSecond, 1)),
        (MetricNames.TrainDataTime, Math.Round(metrics.DataSeconds, 6)),
        (MetricNames.TrainComputeTime, Math.Round(metrics.ComputeSeconds, 6)),
        (MetricNames.ResidentMemory, metrics.Memory.ResidentBytes),
        (MetricNames.AllocatedMemory, metrics.Memory.AllocatedBytes ?? double.NaN),
        (MetricNames.ReservedMemory, metrics.Memory.ReservedBytes ?? double.NaN),
    ]);

    public static IEnumerable<(string Name, double Value)> Of(EvaluationMetrics evaluation) => Finite(
    [
        (MetricNames.TestLoss, evaluation.Loss),
        (MetricNames.TestTop1, 100 * evaluation.Accuracy),
        (MetricNames.TestTop5, 100 * evaluation.Top5Accuracy ?? double.NaN),
        (MetricNames.TestError, 100 * evaluation.Error),
        (MetricNames.TestAveragedLoss, evaluation.AveragedLoss ?? double.NaN),
        (MetricNames.TestAveragedTop1, 100 * (1 - evaluation.AveragedError) ?? double.NaN),
        (MetricNames.TestAveragedError, 100 * evaluation.AveragedError ?? double.NaN),
        (MetricNames.TestTotalSpeed, Math.Round(evaluation.ImagesPerSecond ?? double.NaN, 1)),
    ]);

    // What is not known is left out; JSON has no word for it.
    private static IEnumerable<(string Name, double Value)> Finite(IEnumerable<(string Name, double Value)> values) =>
        values.Where(static value => double.IsFinite(value.Value));
}
