using System.Globalization;
using ResNetGen.Checkpoints;

namespace ResNetGen.Training;

/// <summary>
/// The settings that decide a run's numbers, as names and values: for people, and exact, as the text by which a checkpoint
/// knows its run; and what differs where it is not the same run.
/// </summary>
internal static class RunSettings
{
    /// <summary>The recipe and what the options change of its course, in a fixed order, for people.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(Recipe recipe, TrainerOptions options) =>
        [.. Lines(recipe, options).Select(static line => new KeyValuePair<string, string>(line.Name, line.Text))];

    /// <summary>
    /// The same as lines, with every number to the last bit, for <see cref="RunIdentity.Recipe"/>: what is rounded for
    /// people would let another run's checkpoint pass.
    /// </summary>
    public static string Exact(Recipe recipe, TrainerOptions options) =>
        string.Join('\n', Lines(recipe, options).Select(static line => $"{line.Name}: {line.Exact}"));

    private static IEnumerable<RecipeLine> Lines(Recipe recipe, TrainerOptions options) =>
    [
        .. RecipeText.Of(recipe),
        RecipeLine.Of("measured every", Iterations(recipe.MeasureEvery)),
        RecipeLine.Of("epochs cut at", options.LimitBatches is int limit ? Iterations(limit) : "no limit"),
        RecipeLine.Of("evaluated every", options.EvaluateEvery is long every ? Iterations(every) : "epoch"),
    ];

    /// <summary>Refuses a checkpoint of another run, naming what differs.</summary>
    /// <exception cref="CheckpointException">Something does.</exception>
    public static void RequireSame(RunIdentity wanted, CheckpointInfo checkpoint)
    {
        // Settings line by line first: the identity itself could only show both texts whole.
        string? difference = wanted.Difference(checkpoint.Identity with { Recipe = wanted.Recipe });
        if (difference is null && wanted.Recipe != checkpoint.Identity.Recipe)
        {
            difference = "its run was started with other settings: "
                + string.Join("; ", Differences(checkpoint.Identity.Recipe, wanted.Recipe))
                + ". Resume it with its own, or start a fresh run in another folder.";
        }

        if (difference is not null)
        {
            throw new CheckpointException(checkpoint.Path, difference);
        }
    }

    private static IEnumerable<string> Differences(string before, string now)
    {
        Dictionary<string, string> old = Lines(before);
        Dictionary<string, string> wanted = Lines(now);
        foreach (string name in wanted.Keys.Union(old.Keys, StringComparer.Ordinal))
        {
            string was = old.GetValueOrDefault(name, "not set");
            string asked = wanted.GetValueOrDefault(name, "not set");
            if (!string.Equals(was, asked, StringComparison.Ordinal))
            {
                yield return $"{name} was {was}, now {asked}";
            }
        }
    }

    private static Dictionary<string, string> Lines(string text) => text.Split('\n')
        .Select(static line => line.Split(": ", 2))
        .Where(static parts => parts.Length == 2)
        .ToDictionary(static parts => parts[0], static parts => parts[1], StringComparer.Ordinal);

    private static string Iterations(long count) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} iterations");
}
