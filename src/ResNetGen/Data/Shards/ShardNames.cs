using System.Globalization;

namespace ResNetGen.Data;

/// <summary>Which files are the shards: a folder of .tar files, one file, or WebDataset's <c>train-{000000..000146}.tar</c>.</summary>
internal static class ShardNames
{
    /// <summary>More than anyone has, and few enough to write down.</summary>
    private const int Most = 1_000_000;

    public static string[] Find(string pattern)
    {
        if (Directory.Exists(pattern))
        {
            string[] found = In(pattern, "*.tar");
            return found.Length > 0 ? found : throw new BadInputException($"{pattern} has no .tar files; expected the shards.");
        }
        string[] names = Expand(pattern);
        foreach (string name in names)
            if (!File.Exists(name)) throw new BadInputException($"{name} is missing; \"{pattern}\" names {names.Length} shards. Copy it, or correct the range.");
        return names;
    }

    /// <summary>The files of a folder whose names match, in ordinal order.</summary>
    /// <exception cref="BadInputException">The folder cannot be listed.</exception>
    public static string[] In(string folder, string names)
    {
        try
        {
            return [.. Directory.EnumerateFiles(folder, names).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{folder} cannot be listed: {e.Message} Check its permissions and the disk.", e);
        }
    }

    /// <summary>Expands one range in braces, its numbers as wide as the first.</summary>
    public static string[] Expand(string pattern)
    {
        int open = pattern.IndexOf('{', StringComparison.Ordinal);
        if (open < 0) return [pattern];
        int close = pattern.IndexOf('}', open);
        string[] ends = close < 0 ? [] : pattern[(open + 1)..close].Split("..");
        if (ends.Length != 2
            || !int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out int first)
            || !int.TryParse(ends[1], NumberStyles.None, CultureInfo.InvariantCulture, out int last)
            || last < first || (long)last - first >= Most)
            throw new BadInputException($"\"{pattern}\" does not read as shards; expected a range such as train-{{000000..000146}}.tar.");
        string format = new('0', ends[0].Length);
        return [.. Enumerable.Range(first, last - first + 1).Select(i => pattern[..open] + i.ToString(format, CultureInfo.InvariantCulture) + pattern[(close + 1)..])];
    }
}
