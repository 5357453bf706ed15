using System.Globalization;
using ResNetGen.Reports;

namespace ResNetGen.Samples.IdentityMappings;

/// <summary>Tables 1 and 2 with the errors of these runs, and a picture of each.</summary>
internal sealed class Tables(IReadOnlyList<Finished> runs, string folder, bool paper)
{
    private static readonly (int Number, string Title)[] s_tables =
        [(1, "What stands on the shortcut (table 1)"), (2, "Where BatchNorm and ReLU stand (table 2)")];

    /// <summary>Writes the tables and <c>identity-mappings.svg</c>.</summary>
    public void Write(TextWriter output)
    {
        foreach ((int number, string title) in s_tables)
        {
            Table(number, title, output);
        }

        string picture = Path.Combine(folder, "identity-mappings.svg");
        ChartPanels panels = new()
        {
            Title = "Training error (dashed) and test error (bold)",
            Charts = [.. s_tables.Select(Chart).OfType<CurveChart>()],
            SameHeight = true,
        };
        Pages.Write(output, () =>
        {
            panels.Save(picture);
            return $"picture in {Path.GetFullPath(picture)}";
        });
    }

    private void Table(int number, string title, TextWriter output)
    {
        (Row Row, Finished? Run)[] rows = [.. Rows.All.Where(row => row.IsIn(number)).Select(row => (row, runs.FirstOrDefault(row.Has)))];
        int width = rows.Max(static r => r.Row.Title.Length);
        output.WriteLine(title);
        output.WriteLine($"{"".PadRight(width)}  {"train error",12}  {"test error",12}{(paper ? $"  {"the paper's",12}" : "")}");
        foreach ((Row row, Finished? run) in rows)
        {
            string reported = !paper ? "" : "  " + (row.Reported is double error ? Percent(error) : "fail").PadLeft(12);
            output.WriteLine($"{row.Title.PadRight(width)}  {Percent(run?.TrainError),12}  {Percent(run?.TestError),12}{reported}");
        }

        output.WriteLine();
    }

    private CurveChart? Chart((int Number, string Title) table)
    {
        Curve[] curves =
        [
            .. Rows.All.Where(row => row.IsIn(table.Number))
                .SelectMany(row => runs.Where(row.Has).SelectMany(run => run.Curves.Select(curve => curve with { Name = row.Title }))),
        ];
        return curves.Length == 0 ? null : new CurveChart { Title = table.Title, Curves = curves };
    }

    private static string Percent(double? error) =>
        error is double value ? string.Create(CultureInfo.InvariantCulture, $"{value:F2} %") : "-";
}
