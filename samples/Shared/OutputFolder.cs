using System.Globalization;

namespace ResNetGen.Samples;

/// <summary>
/// Where a run goes when nobody says: <c>runs/NETWORK-RECIPE</c>, then <c>-2</c>, <c>-3</c>, … so that a second run never
/// meets the first one's checkpoints.
/// </summary>
internal static class OutputFolder
{
    /// <summary>
    /// The folder of a fresh run: the first of the series that does not exist yet. One that <paramref name="continues"/> goes on in the
    /// last that does: torchrun starts the same command again.
    /// </summary>
    public static string Fresh(string root, string network, string recipe, bool continues = false)
    {
        string fresh = Series(root, network, recipe).First(static path => !Path.Exists(path) || IsEmpty(path));
        return continues ? Existing(root, network, recipe) ?? fresh : fresh;
    }

    /// <summary>The folder to resume in: the last of the series that exists.</summary>
    /// <exception cref="BadInputException">There is none.</exception>
    public static string Newest(string root, string network, string recipe) =>
        Existing(root, network, recipe)
        ?? throw new BadInputException(
            $"Nothing to resume: there is no run of {network} with the recipe {recipe} in {Path.GetFullPath(root)}. "
            + "Give its folder with --output, or leave --resume out to start one.");

    private static string? Existing(string root, string network, string recipe) =>
        Series(root, network, recipe).TakeWhile(static path => Directory.Exists(path) && !IsEmpty(path)).LastOrDefault();

    private static IEnumerable<string> Series(string root, string network, string recipe)
    {
        string first = Path.Combine(root, $"{network}-{recipe}");
        yield return first;
        for (int number = 2; ; number++)
        {
            yield return first + "-" + number.ToString(CultureInfo.InvariantCulture);
        }
    }

    private static bool IsEmpty(string path) =>
        Directory.Exists(path) && !Directory.EnumerateFileSystemEntries(path).Any();
}
