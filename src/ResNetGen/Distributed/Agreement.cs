using System.Reflection;
using ResNetGen.Checkpoints;
using ResNetGen.Training;

namespace ResNetGen.Distributed;

/// <summary>
/// What all ranks must be about to do alike. They would go on without it, too: with weights that are averages of different runs, or
/// until one waits for an exchange that the others never make.
/// </summary>
internal static class Agreement
{
    /// <summary>Compares the ranks with each other.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="own">What this one is about to do, as names and values.</param>
    /// <exception cref="BadInputException">They disagree; thrown on all of them, with what each of them has.</exception>
    public static void Require(Ranks ranks, IEnumerable<KeyValuePair<string, string>> own)
    {
        if (!ranks.AreJoined)
        {
            return;
        }

        Dictionary<string, string>[] all = [.. ranks.Texts(Write(own)).Select(Read)];
        string[] differences = [.. all.SelectMany(static one => one.Keys).Distinct(StringComparer.Ordinal).SelectMany(name => Differences(name, all))];
        if (differences.Length > 0)
        {
            throw ranks.Known(new BadInputException(
                $"The ranks are not about to do the same: {string.Join("; ", differences)}. Start all of them from one build of the program, with the same options and the same data."));
        }
    }

    /// <summary>What a run consists of, line by line.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Lines(RunIdentity identity, Recipe recipe, TrainerOptions options, ComputePlan plan)
    {
        yield return new("the library", typeof(Agreement).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown");
        yield return new("the network", $"{identity.Network} ({identity.Architecture})");
        yield return new("the dataset", identity.Dataset);
        yield return new("the training pictures", identity.DatasetFingerprint);
        yield return new("the test pictures", identity.TestFingerprint);
        yield return new("the seed", FormattableString.Invariant($"{identity.Seed}"));
        yield return new("the arithmetic", plan.BFloat16 ? "bf16" : "fp32");
        yield return new("TrainerOptions.SynchronizedBatchNorm", options.SynchronizedBatchNorm ? "on" : "off");
        yield return new("TrainerOptions.Resume", options.Resume ? "on" : "off");
        yield return new("checkpoints", FormattableString.Invariant(
            $"every {options.CheckpointEvery?.ToString() ?? "epoch"}, last {options.Keep.Last}, best {options.Keep.Best}, kept every {options.Keep.Every?.ToString() ?? "none"}"));
        yield return new("the recipe's name", recipe.Name);
        foreach (string[] line in identity.Recipe.Split('\n').Select(static line => line.Split(": ", 2)))
        {
            yield return new(line[0], line[^1]);
        }
    }

    private static IEnumerable<string> Differences(string name, Dictionary<string, string>[] all)
    {
        var values = all.Select((one, rank) => (Value: one.GetValueOrDefault(name, "not set"), Rank: rank)).GroupBy(static one => one.Value).ToArray();
        if (values.Length > 1)
        {
            yield return $"{name} is " + string.Join(", ", values.Select(static group => $"{Short(group.Key)} on {Name([.. group.Select(static one => one.Rank)])}"));
        }
    }

    private static string Name(int[] ranks) => (ranks.Length == 1 ? "rank " : "ranks ") + List(ranks);

    private static string List(int[] ranks) => ranks.Length == 1
        ? FormattableString.Invariant($"{ranks[0]}")
        : string.Join(", ", ranks[..^1].Select(static rank => FormattableString.Invariant($"{rank}"))) + FormattableString.Invariant($" and {ranks[^1]}");

    private static string Short(string value) => value.Length > 120 ? value[..117] + "..." : value;

    private static string Write(IEnumerable<KeyValuePair<string, string>> lines) =>
        string.Join('\n', lines.Select(static line => line.Key + '\t' + line.Value.Replace('\n', ' ')));

    private static Dictionary<string, string> Read(string text) => text.Split('\n').Select(static line => line.Split('\t', 2))
        .GroupBy(static line => line[0], StringComparer.Ordinal)
        .ToDictionary(static lines => lines.Key, static lines => string.Join(", ", lines.Select(static line => line[^1])), StringComparer.Ordinal);
}
