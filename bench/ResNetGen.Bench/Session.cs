using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ResNetGen.Native;
using static TorchSharp.torch;

namespace ResNetGen.Bench;

/// <summary>
/// Our side of a comparison, under the protocol of bench/pytorch/worker.py: commands come a line each, answers go as lines of JSON.
/// <c>run N</c> makes iterations and gives their seconds, <c>memory</c> the peak resident bytes and those of program files that were let go of; the rest is the work's own.
/// </summary>
internal static class Session
{
    public static int Serve(Work work)
    {
        Say(new { ready = $"ResNetGen on libtorch {__version__}" });
        while (Console.ReadLine() is { } line)
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            Say(words switch
            {
                ["run", string count] => new { seconds = Seconds(work, int.Parse(count, CultureInfo.InvariantCulture)) },
                ["memory"] => new { peak = ProcessMemory.PeakResidentBytes, files_let_go = ProgramFiles.GoneBytes },
                [string command, .. string[] rest] => work.Answer(command, rest),
                _ => throw new BadInputException("An empty line is no command."),
            });
        }

        return 0;
    }

    private static double[] Seconds(Work work, int count)
    {
        double[] seconds = new double[count];
        for (int i = 0; i < count; i++)
        {
            long start = Stopwatch.GetTimestamp();
            work.Run();
            seconds[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        return seconds;
    }

    private static void Say(object answer) => Console.WriteLine(JsonSerializer.Serialize(answer));
}
