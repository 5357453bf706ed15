namespace ResNetGen.Training;

/// <summary>Text files that are either the old ones or the new ones, never a half.</summary>
internal static class AtomicText
{
    /// <summary>Writes beside, flushes, renames.</summary>
    public static void Write(string path, string text)
    {
        string beside = path + ".writing";
        using (FileStream stream = new(beside, FileMode.Create, FileAccess.Write))
        using (StreamWriter writer = new(stream) { NewLine = "\n" })
        {
            writer.Write(text);
            writer.Flush();
            stream.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
    }
}
