using System.Globalization;
using ResNetGen.Reports;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ResNetGen.Training;

/// <summary>The lines of the moving display: a bar, and figures that flow into as many lines as the terminal's width asks for.</summary>
/// <param name="profile">The terminal: its width, and whether it has more than ASCII.</param>
internal sealed class LiveView(Profile profile)
{
    private const int WidestBar = 40, NarrowestBar = 10;

    private static readonly Style Muted = new(Color.Grey);
    private static readonly Style Done = new(Color.Green);

    private sealed record Figure(string Label, string Value)
    {
        public int Width => Label.Length + (Label.Length > 0 && Value.Length > 0 ? 1 : 0) + Value.Length;
    }

    /// <summary>The display as it is now.</summary>
    /// <param name="step">How far the run is.</param>
    /// <param name="remaining">Seconds to go; not a number where that is not known.</param>
    /// <param name="metrics">The last reading, if there was one.</param>
    /// <param name="evaluation">The last evaluation, if there was one.</param>
    public IRenderable Draw(StepProgress step, double remaining, TrainingMetrics? metrics, EvaluationMetrics? evaluation)
    {
        double part = Math.Clamp((double)step.Iteration / Math.Max(1, step.TotalIterations), 0, 1);
        List<Figure> head = [new("", Invariant($"{100 * part:F0} %"))];
        head.Add(new("", Invariant($"{step.Iteration:N0}/{step.TotalIterations:N0}")));
        if (double.IsFinite(remaining))
        {
            head.Add(new("to go", Html.Duration(remaining)));
        }

        int beside = head.Sum(static figure => figure.Width + 2);
        int bar = Math.Clamp(profile.Width - 1 - beside, NarrowestBar, WidestBar);
        List<Paragraph> lines = [Bar(bar, part)];
        Flow(lines, bar, head);

        // Two lines, always: after a display of one line Spectre asks the terminal to go up by zero, which terminals take for one.
        lines.Add(new Paragraph());
        Flow(lines, 0, metrics is null ? [new("", "the first figures are on their way")] : Figures(step, metrics, evaluation));
        return new Rows(lines);
    }

    private static List<Figure> Figures(StepProgress step, TrainingMetrics metrics, EvaluationMetrics? evaluation)
    {
        List<Figure> figures = [new("loss", Invariant($"{metrics.Loss:F3}")), new("train error", Invariant($"{100 * metrics.Error:F1} %"))];
        if (evaluation is not null)
        {
            figures.Add(new("test error", Invariant($"{100 * evaluation.Error:F1} %")));
        }

        figures.Add(new("lr", Invariant($"{step.LearningRate:G3}")));
        figures.Add(new("images/s", Invariant($"{metrics.ImagesPerSecond:N0}")));
        figures.Add(new("memory", Html.Bytes(metrics.Memory.Bytes)));
        return figures;
    }

    private Paragraph Bar(int width, double part)
    {
        (char filled, char empty) = profile.Capabilities.Unicode ? ('━', '─') : ('#', '-');
        int done = (int)(width * part);
        return new Paragraph().Append(new string(filled, done), Done).Append(new string(empty, width - done), Muted);
    }

    /// <summary>Writes figures behind what stands on the last line already, and on new lines where one would not fit.</summary>
    private void Flow(List<Paragraph> lines, int used, IEnumerable<Figure> figures)
    {
        foreach (Figure figure in figures)
        {
            if (used > 0 && used + 2 + figure.Width > profile.Width - 1)
            {
                lines.Add(new Paragraph());
                used = 0;
            }

            lines[^1].Append(used > 0 ? "  " : "").Append(figure.Label.Length > 0 && figure.Value.Length > 0 ? figure.Label + " " : figure.Label, Muted).Append(figure.Value);
            used += (used > 0 ? 2 : 0) + figure.Width;
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
