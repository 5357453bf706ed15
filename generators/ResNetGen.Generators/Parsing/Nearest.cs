namespace ResNetGen.Generators.Parsing;

/// <summary>Finds what somebody who misspelt a name will have meant.</summary>
internal static class Nearest
{
    /// <summary>The candidate that takes the fewest edits, the first of several.</summary>
    public static string Of(string written, IEnumerable<string> candidates) =>
        candidates.OrderBy(candidate => Distance(written, candidate)).First();

    /// <summary>Letters to insert, delete or replace (Levenshtein).</summary>
    private static int Distance(string from, string to)
    {
        int[] row = [.. Enumerable.Range(0, to.Length + 1)];
        for (int i = 1; i <= from.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.Length; j++)
            {
                int replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.Length];
    }
}
