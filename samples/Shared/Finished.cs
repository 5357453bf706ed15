using System.Globalization;
using ResNetGen.Reports;

namespace ResNetGen.Samples;

/// <summary>A network of a comparison with what its run has left.</summary>
/// <param name="Name">The network's name.</param>
/// <param name="Run">The run.</param>
internal sealed record Finished(string Name, RunRecord Run)
{
    /// <summary>
    /// The training error in percent: the mean over the last tenth of the run, since a single reading is of a few thousand
    /// augmented pictures only.
    /// </summary>
    public double TrainError
    {
        get
        {
            double from = 0.9 * Run.Training[^1].X;
            return Run.Training.Where(point => point.X > from).Average(static point => point.Y);
        }
    }

    /// <summary>The last test error in percent.</summary>
    public double TestError => Run.TestError;

    /// <summary>Training and test error over the iterations.</summary>
    public IReadOnlyList<Curve> Curves => Run.Curves(Name);

    /// <summary>The networks of a plan that have readings and an evaluation in their folders.</summary>
    public static IReadOnlyList<Finished> All(ComparisonPlan plan, string folder) =>
    [
        .. plan.Networks.Select(network => (network.Name, Folder: Path.Combine(folder, network.Name)))
            .Where(static one => Directory.Exists(one.Folder))
            .Select(static one => new Finished(one.Name, RunRecord.Read(one.Folder)))
            .Where(static run => run.Run.Training.Count > 0 && run.Run.Test.Count > 0),
    ];

    /// <summary>A line a network.</summary>
    public static void WriteTable(IReadOnlyList<Finished> runs, TextWriter output)
    {
        int width = runs.Max(static run => run.Name.Length);
        output.WriteLine($"{"network".PadRight(width)}  {"iterations",10}  {"train error",12}  {"test error",12}");
        foreach (Finished run in runs)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{run.Name.PadRight(width)}  {run.Run.Training[^1].X,10:N0}  {run.TrainError,10:F2} %  {run.TestError,10:F2} %"));
        }
    }
}
