namespace ResNetGen.Samples;

/// <summary>What a user probably meant.</summary>
internal static class Nearest
{
    /// <summary>The known name that needs the fewest edits, or null where none is near.</summary>
    public static string? Of(string name, IEnumerable<string> known)
    {
        string typed = name.ToLowerInvariant().Replace("-", "", StringComparison.Ordinal);
        (string Name, int Edits)? best = null;
        foreach (string candidate in known)
        {
            int edits = Edits(typed, candidate);
            if (best is null || edits < best.Value.Edits)
            {
                best = (candidate, edits);
            }
        }

        return best is { } found && found.Edits <= Math.Max(2, found.Name.Length / 2) ? found.Name : null;
    }

    /// <summary>Levenshtein's distance: insertions, deletions and replacements of one character.</summary>
    private static int Edits(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[^1];
    }
}
