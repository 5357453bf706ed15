namespace ResNetGen.Data;

/// <summary>
/// All files of a folder and of those below it. Links to folders are followed, but none that leads back up: it would be followed
/// for ever.
/// </summary>
/// <param name="root">The folder.</param>
internal sealed class FolderWalk(string root)
{
    /// <summary>Deeper than anyone keeps pictures.</summary>
    private const int MostDepth = 16;

    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    /// <summary>The files with their paths from the folder, in no particular order.</summary>
    /// <exception cref="BadInputException">A link leads back up, or a folder lies too deep.</exception>
    public IEnumerable<(string Path, FileInfo Info)> Files() => Files(Real(new DirectoryInfo(root)), "", []);

    /// <param name="folder">Where the folder really is: links in it lead from there.</param>
    /// <param name="path">Its path from the root.</param>
    /// <param name="above">Where the folders above it really are.</param>
    private IEnumerable<(string Path, FileInfo Info)> Files(DirectoryInfo folder, string path, List<string> above)
    {
        List<string> way = [.. above, folder.FullName];
        foreach (FileSystemInfo entry in folder.EnumerateFileSystemInfos("*", Everything))
        {
            string its = Path.Combine(path, entry.Name);
            if (entry is FileInfo file)
            {
                yield return (its, file);
                continue;
            }
            DirectoryInfo below = Real((DirectoryInfo)entry);
            if (way.Any(passed => Holds(below.FullName, passed)))
                throw new BadInputException($"{Path.Combine(root, its)} is a link that leads back up, to {below.FullName}: its pictures would be found without end. Remove the link.");
            if (way.Count > MostDepth)
                throw new BadInputException($"{Path.Combine(root, its)} lies {way.Count} folders deep; pictures are looked for {MostDepth} deep. Move it up.");
            foreach ((string, FileInfo) found in Files(below, its, way)) yield return found;
        }
    }

    private static DirectoryInfo Real(DirectoryInfo folder) =>
        folder.LinkTarget is null ? folder : (DirectoryInfo)(folder.ResolveLinkTarget(returnFinalTarget: true) ?? folder);

    private static bool Holds(string folder, string other)
    {
        string start = Path.TrimEndingDirectorySeparator(folder);
        return other.StartsWith(start, StringComparison.Ordinal)
            && (other.Length == start.Length || start.Length == 0 || other[start.Length] == Path.DirectorySeparatorChar || Path.EndsInDirectorySeparator(start));
    }
}
