using System.Diagnostics;
using System.Globalization;
using ResNetGen.Bench;
using ResNetGen.Native;
using static TorchSharp.torch;

// Our side of bench/compare.py and bench/loader.py, under the same protocol as bench/pytorch/worker.py: `run N` answers N times in seconds,
// `memory` the peak resident bytes, anything else ends it.

string Option(string name, string otherwise)
{
    int at = Array.IndexOf(args, name);
    return at >= 0 && at + 1 < args.Length ? args[at + 1] : otherwise;
}

Allocator.TuneForTraining();
set_num_threads(int.Parse(Option("--threads", "1"), CultureInfo.InvariantCulture));
manual_seed(0);

Action? work = Option("--work", "") switch
{
    "add" => Works.AddOneElement(),
    "forward" => Works.ForwardOne(),
    "train" => Works.TrainingStep(),
    "load" => LoaderWork.Pass(Option("--folder", ""), int.Parse(Option("--threads", "1"), CultureInfo.InvariantCulture), Option("--decode", "") == "full"),
    _ => null,
};
if (work is null)
{
    Console.Error.WriteLine("usage: ResNetGen.Bench --work add|forward|train|load --threads N [--folder DIR] [--decode full]");
    return 2;
}

Console.WriteLine($"ready ResNetGen on libtorch {__version__}");
while (Console.ReadLine() is { } line)
{
    if (line == "memory")
    {
        Console.WriteLine(ProcessMemory.PeakResidentBytes);
    }
    else if (line.StartsWith("run ", StringComparison.Ordinal))
    {
        var times = new List<string>();
        for (int i = int.Parse(line.AsSpan(4), CultureInfo.InvariantCulture); i > 0; i--)
        {
            long start = Stopwatch.GetTimestamp();
            work();
            times.Add(Stopwatch.GetElapsedTime(start).TotalSeconds.ToString("F9", CultureInfo.InvariantCulture));
        }
        Console.WriteLine(string.Join(' ', times));
    }
    else
    {
        break;
    }
}
return 0;
