using System.Globalization;
using ResNetGen.Reports;

namespace ResNetGen.Samples.Degradation;

/// <summary>The picture (figure 6's two halves), the table, and what they say about depth.</summary>
internal sealed class Findings(IReadOnlyList<Finished> runs, string folder)
{
    /// <summary>In percent: less is within what seeds make of one network.</summary>
    private const double Visible = 1;

    private static readonly (string Title, string Shallow, string Deep, bool DeepIsBetter)[] s_pairs =
    [
        ("plain networks", "plain20", "plain56", false),
        ("residual networks", "resnet20", "resnet56", true),
    ];

    /// <summary>Writes <c>degradation.svg</c> and says what the runs show.</summary>
    public void Write(TextWriter output)
    {
        Finished.WriteTable(runs, output);
        foreach ((string title, string shallow, string deep, bool deepIsBetter) in s_pairs)
        {
            if (Find(shallow) is { } small && Find(deep) is { } large)
            {
                output.WriteLine(Sentence(title, small, large, deepIsBetter));
            }
        }

        string picture = Path.Combine(folder, "degradation.svg");
        ChartPanels panels = new()
        {
            Title = "Training error (dashed) and test error (bold)",
            Charts = [.. s_pairs.Select(pair => Chart(pair.Title, pair.Shallow, pair.Deep)).OfType<CurveChart>()],
            SameHeight = true,
        };
        Pages.Write(output, () =>
        {
            panels.Save(picture);
            return $"picture in {Path.GetFullPath(picture)}";
        });
    }

    private Finished? Find(string name) => runs.FirstOrDefault(run => run.Name == name);

    private CurveChart? Chart(string title, params string[] names)
    {
        Curve[] curves = [.. names.Select(Find).OfType<Finished>().SelectMany(static run => run.Curves)];
        return curves.Length == 0 ? null : new CurveChart { Title = title, Curves = curves };
    }

    /// <summary>One pair in words; the paper's finding is claimed only where these runs have it.</summary>
    private static string Sentence(string title, Finished small, Finished large, bool deepIsBetter)
    {
        double difference = large.TrainError - small.TrainError;
        string found = string.Create(CultureInfo.InvariantCulture,
            $"{title}: training error {small.TrainError:F2} % with 20 layers, {large.TrainError:F2} % with 56");
        if (Math.Abs(difference) < Visible)
        {
            return found + ": too close to tell";
        }

        return difference < 0 == deepIsBetter
            ? found + (deepIsBetter ? ": with shortcuts depth helps, as in the paper" : ": more layers train worse, the paper's degradation")
            : found + ": not what the paper found, so look at the curves (too few iterations?)";
    }
}
