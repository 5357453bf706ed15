using System.Text.RegularExpressions;
using System.Xml.Linq;
using ResNetGen.Reports;

namespace ResNetGen.Tool.Tests;

public sealed partial class ReportTests : RunFolders
{
    [Fact]
    public void A_page_of_one_run_shows_numbers_curves_settings_and_network()
    {
        string path = RunReport.Write(Write("run"));
        Assert.Equal(Path.Combine(Root, "run", "report.html"), path);
        XDocument page = Read(path);
        Assert.Equal("ResNet20 on CIFAR-10", page.Descendants("h1").Single().Value);
        Assert.Equal(
            ["Test error", "Test error, top-5", "Training error", "Test loss", "Iterations", "Time", "Pictures a second", "Memory", "Parameters"],
            page.Descendants("dt").Select(static e => e.Value));
        Assert.StartsWith("8.75 %", page.Descendants("dd").First().Value, StringComparison.Ordinal);
        Assert.Equal(["Error over iterations", "Loss over iterations", "Learning rate over iterations"], page.Descendants("figure").Select(static f => f.Element(Svg + "svg")!.Attribute("aria-label")!.Value));
        Assert.All(page.Descendants("figure"), static f => Assert.Equal(["chart wide", "chart narrow"], f.Elements(Svg + "svg").Select(static s => s.Attribute("class")!.Value)));
        Assert.Contains("layers of ResNet20", page.Descendants("pre").Single().Value, StringComparison.Ordinal);
        Assert.Contains(page.Descendants("tr"), static row => row.Value == "recipehe2015");
    }

    [Fact]
    public void A_page_of_several_runs_shows_first_what_differs()
    {
        string path = Path.Combine(Root, "both.html");
        RunReport.Write(path, [RunRecord.Read(Write("a")), RunRecord.Read(Write("b", 7, ("weight decay", "0.0005 on weights"), ("seed", "1")))]);
        XDocument page = Read(path);
        XElement differing = page.Descendants("table").Single(static t => t.Element("caption")?.Value.StartsWith("Settings that differ", StringComparison.Ordinal) == true);
        Assert.Equal(["seed", "weight decay"], differing.Descendants("tr").Skip(1).Select(static row => row.Elements().First().Value));
        Assert.Equal(["1", "0.0005 on weights"], differing.Descendants("td").Where(static c => c.Attribute("class")?.Value == "changed").Select(static c => c.Value));
        XElement results = page.Descendants("table").First();
        Assert.Equal(["a", "b"], results.Descendants("th").Where(static h => h.Attribute("scope")!.Value == "row").Select(static h => h.Value));
        Assert.Contains("7.00 %", results.Value, StringComparison.Ordinal);

        // Two curves a run on one plot, in a colour a run.
        XElement plot = page.Descendants("figure").First().Element(Svg + "svg")!.Element(Svg + "svg")!;
        Assert.Equal(4, plot.Elements(Svg + "path").Count());
        Assert.Equal(2, plot.Elements(Svg + "path").Select(static p => p.Attribute("style")!.Value).Distinct().Count());
    }

    [Fact]
    public void A_page_needs_nothing_from_elsewhere_and_runs_nothing()
    {
        string text = File.ReadAllText(RunReport.Write(Write("run")));
        Assert.StartsWith("<!DOCTYPE html>", text, StringComparison.Ordinal);
        Assert.DoesNotMatch(Outside(), text.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal));
        Assert.Contains("prefers-color-scheme:dark", text, StringComparison.Ordinal);
        Assert.Contains("name=\"viewport\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_stands_in_a_runs_files_is_text_on_the_page()
    {
        const string Hostile = "</style><script>alert(1)</script><img src=x onerror=alert(1)>";
        string folder = Write("run", 8, ("network", Hostile), ("dataset", Hostile), (Hostile, "\u0007" + Hostile));
        XDocument page = Read(RunReport.Write(folder));
        Assert.Empty(page.Descendants("script"));
        Assert.Empty(page.Descendants("img"));
        Assert.Contains(page.Descendants("td"), static c => c.Value == "\ufffd" + Hostile);
    }

    [Fact]
    public void A_run_that_still_goes_on_has_a_page_too()
    {
        string folder = Write("run");
        File.Delete(Path.Combine(folder, "summary.json"));
        File.Delete(Path.Combine(folder, "network.txt"));
        string metrics = Path.Combine(folder, "metrics.jsonl");
        File.WriteAllLines(metrics, File.ReadAllLines(metrics).Take(3));
        XDocument page = Read(RunReport.Write(folder));
        Assert.Contains("not finished: 1,500 iterations so far", page.Root!.Value, StringComparison.Ordinal);
        File.WriteAllText(metrics, "");
        Assert.Contains("There are no readings yet.", Read(RunReport.Write(folder)).Root!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_of_one_name_are_told_apart_by_the_folders_above()
    {
        string path = Path.Combine(Root, "both.html");
        RunReport.Write(path, [RunRecord.Read(Write("a/run")), RunRecord.Read(Write("b/run")), RunRecord.Read(Write("other"))]);
        Assert.Equal("a/run, b/run, other", Read(path).Descendants("p").First().Value);
    }

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static XDocument Read(string path) => XDocument.Parse(File.ReadAllText(path));

    [GeneratedRegex(@"https?:|//[a-z]|<script|<link|<img|@import|url\(|\son\w+=|javascript:", RegexOptions.IgnoreCase)]
    private static partial Regex Outside();
}
