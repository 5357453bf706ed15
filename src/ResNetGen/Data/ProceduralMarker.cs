using System.Globalization;

namespace ResNetGen.Data;

/// <summary>
/// The file that tells procedural pictures from CIFAR-10: without it a folder in CIFAR-10's layout is taken for CIFAR-10,
/// so it is the first file written and its numbers are the ones the pictures were made with.
/// </summary>
internal sealed record ProceduralMarker(int Version, long Seed, int PicturesPerFile)
{
    public const string FileName = "PROCEDURAL.txt";
    private const string Title = "Procedural pictures made by ResNetGen. These are not CIFAR-10.";

    public static ProceduralMarker? Read(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) return null;
        var file = new FileInfo(path);
        if (file.Length <= 4096)
        {
            string[] lines = File.ReadAllLines(path);
            if (lines.Length == 4 && lines[0] == Title
                && TryNumber(lines[1], "version=", out long version) && version is > 0 and <= 1000
                && TryNumber(lines[2], "seed=", out long seed)
                && TryNumber(lines[3], "pictures-per-file=", out long count) && count is > 0 and <= CifarFolder.PicturesPerFile)
                return new ProceduralMarker((int)version, seed, (int)count);
        }
        throw new BadInputException($"{path} does not read as the marker of a procedural picture set. Delete the folder {folder}; it is made again when needed.");
    }

    public void Write(string folder) => File.WriteAllText(Path.Combine(folder, FileName), string.Create(CultureInfo.InvariantCulture,
        $"{Title}\nversion={Version}\nseed={Seed}\npictures-per-file={PicturesPerFile}\n"));

    private static bool TryNumber(string line, string prefix, out long value)
    {
        value = 0;
        return line.StartsWith(prefix, StringComparison.Ordinal)
            && long.TryParse(line.AsSpan(prefix.Length), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }
}
