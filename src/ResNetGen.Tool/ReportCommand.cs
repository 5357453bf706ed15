using System.CommandLine;
using ResNetGen.Reports;

namespace ResNetGen.Tool;

/// <summary><c>resnetgen report RUN…</c></summary>
internal static class ReportCommand
{
    public static Command Create(TextWriter output, TextWriter error)
    {
        Argument<string[]> runs = new("RUN")
        {
            Description = "Folders of runs: each has metrics.jsonl and run.json in it",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string?> file = new("--output", "-o")
        {
            Description = $"The page to write. Left out: {RunReport.FileName} in the run's folder, or here for several runs",
            HelpName = "FILE",
        };
        Command command = new("report", "Makes one page of one run, or compares several: curves on one plot, settings that differ, results.") { runs, file };
        command.SetAction(parsed =>
        {
            Write(parsed.GetValue(runs)!, parsed.GetValue(file), output, error);
            return 0;
        });
        return command;
    }

    private static void Write(IReadOnlyList<string> folders, string? file, TextWriter output, TextWriter error)
    {
        // A run that is named twice, as patterns of a shell do, is one run.
        RunRecord[] runs = [.. folders.Select(RunRecord.Read).DistinctBy(static run => run.Folder, StringComparer.Ordinal)];
        foreach (string note in runs.SelectMany(static run => run.Notes))
        {
            error.WriteLine("note: " + note);
        }

        string path = Path.GetFullPath(file ?? (runs.Length == 1 ? Path.Combine(runs[0].Folder, RunReport.FileName) : RunReport.FileName));
        if (Directory.Exists(path))
        {
            path = Path.Combine(path, RunReport.FileName);
        }

        RunReport.Write(path, runs);
        output.WriteLine(path);
    }
}
