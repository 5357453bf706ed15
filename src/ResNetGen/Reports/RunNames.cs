namespace ResNetGen.Reports;

/// <summary>Names for runs that are told apart: the folder's own, with as many of the folders above it as that needs.</summary>
internal static class RunNames
{
    public static void MakeDistinct(IReadOnlyList<RunRecord> runs)
    {
        // Within a report a name is a colour; the same folder twice is the same run.
        string[][] paths = [.. runs.Select(static run => run.Folder.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))];
        for (int i = 0; i < runs.Count; i++)
        {
            int parts = 1;
            while (parts < paths[i].Length && paths.Where((other, j) => j != i && runs[j].Folder != runs[i].Folder && Last(other, parts) == Last(paths[i], parts)).Any())
            {
                parts++;
            }

            runs[i].Name = Last(paths[i], parts);
        }
    }

    private static string Last(string[] path, int parts) => path.Length == 0 ? "/" : string.Join('/', path.TakeLast(parts));
}
