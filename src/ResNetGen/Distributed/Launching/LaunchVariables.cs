using System.Globalization;

namespace ResNetGen.Distributed.Launching;

/// <summary>The variables that tell a rank who it is: torchrun's names.</summary>
internal static class LaunchVariables
{
    public static IEnumerable<(string Name, string Value)> Of(LaunchOptions options, int rank, int port)
    {
        string number = Text(rank), size = Text(options.Processes);
        foreach ((string name, string value) in options.Environment)
        {
            yield return (name, value);
        }

        yield return ("RANK", number);
        yield return ("LOCAL_RANK", number);
        yield return ("WORLD_SIZE", size);
        yield return ("LOCAL_WORLD_SIZE", size);
        yield return ("MASTER_ADDR", "127.0.0.1");
        yield return ("MASTER_PORT", Text(port));
        yield return (ProcessLauncher.Mark, "1");

        // Else each process would take a thread for each core, and all of them would wait for each other.
        const string threads = "OMP_NUM_THREADS";
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(threads)) && !options.Environment.ContainsKey(threads))
        {
            yield return (threads, Text(Math.Max(1, Environment.ProcessorCount / options.Processes)));
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
