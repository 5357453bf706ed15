using System.Globalization;
using System.Text.Json;

namespace ResNetGen.Tool.Tests;

/// <summary>Folders as runs leave them, in a place that goes away with the test.</summary>
public abstract class RunFolders : IDisposable
{
    protected string Root { get; } = Directory.CreateTempSubdirectory("resnetgen-reports-").FullName;

    /// <summary>A run of 60,000 iterations on a staircase, a reading every 500 and an evaluation every 3,000.</summary>
    /// <param name="name">Its folder.</param>
    /// <param name="floor">The test error that it ends with, in percent.</param>
    /// <param name="settings">Settings that differ from the others'.</param>
    protected string Write(string name, double floor = 8.75, params (string Name, string Value)[] settings)
    {
        string folder = Path.Combine(Root, name);
        Directory.CreateDirectory(folder);
        Dictionary<string, string> all = new()
        {
            ["network"] = "ResNet20", ["dataset"] = "CIFAR-10", ["recipe"] = "he2015", ["seed"] = "0", ["weight decay"] = "0.0001 on weights",
        };
        foreach ((string key, string value) in settings)
        {
            all[key] = value;
        }

        File.WriteAllText(Path.Combine(folder, "run.json"), JsonSerializer.Serialize(all));
        File.WriteAllText(Path.Combine(folder, "network.txt"), $"layers of {all["network"]}\n");
        File.WriteAllText(Path.Combine(folder, "summary.json"), """
            {"network":"ResNet20","parameters":272474,"completed":true,"iteration":60000,"total_iterations":60000,"peak_memory_bytes":1073741824,"settings":{"seed":"0"}}
            """);
        File.WriteAllLines(Path.Combine(folder, "metrics.jsonl"), Lines(floor));
        return folder;
    }

    private static IEnumerable<string> Lines(double floor)
    {
        for (int i = 500; i <= 60_000; i += 500)
        {
            double error = floor + (i <= 30_000 ? 8 : 0) + (80 * Math.Exp(-i / 1000.0));
            string rate = i <= 30_000 ? "0.1" : "0.01";
            yield return string.Create(CultureInfo.InvariantCulture,
                $$"""{"kind":"train","iteration":{{i}},"epoch":{{i / 390.0}},"train.loss":{{error / 50}},"train.error":{{error / 2}},"train.lr":{{rate}},"train.total_ips":1000,"memory.resident":1000000,"elapsed":{{i / 10.0}}}""");
            if (i % 3000 == 0)
            {
                yield return string.Create(CultureInfo.InvariantCulture,
                    $$"""{"kind":"eval","iteration":{{i}},"epoch":{{i / 390.0}},"val.loss":{{error / 40}},"val.top1":{{100 - error}},"val.top5":{{100 - (error / 20)}},"val.error":{{error}},"elapsed":{{i / 10.0}}}""");
            }
        }
    }

    public void Dispose()
    {
        Directory.Delete(Root, recursive: true);
        GC.SuppressFinalize(this);
    }
}
