using System.Globalization;
using ResNetGen.Generators.Bench;

// usage: ResNetGen.Generators.Bench FOLDER [turns]
string folder = args.Length > 0 ? args[0] : throw new ArgumentException("expected the folder for the results");
int turns = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 15;

// Everything once: what is measured is warm.
foreach (GeneratorRow _ in GeneratorBench.Rows(100, turns: 3)) { }
_ = AnalyzerBench.Rows(turns: 3).Count();

List<GeneratorRow> generator = [];
foreach (int networks in (int[])[10, 100, 1000])
{
    Console.Error.WriteLine($"generator: {networks} networks");
    generator.AddRange(GeneratorBench.Rows(networks, turns));
}
Console.Error.WriteLine("analyzers");
AnalyzerRow[] analyzer = [.. AnalyzerBench.Rows(turns)];
Console.Error.WriteLine("depth");
DepthRow[] depth = [.. DepthBench.Rows(turns)];

Report report = new(DateTime.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Machine.Here, generator, analyzer, depth);
report.Write(folder);
Console.Write(report.Markdown());
