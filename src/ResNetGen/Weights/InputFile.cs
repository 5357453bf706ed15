namespace ResNetGen.Weights;

/// <summary>Opens files of weights for reading, whatever their format.</summary>
internal static class InputFile
{
    /// <summary>Opens a file and hands it to the reader of its format, which then owns it; what the reader refuses is closed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="expected">What it is expected to be, for the message where there is none.</param>
    /// <param name="read">Makes the reader.</param>
    /// <exception cref="BadInputException">The file is missing or cannot be read.</exception>
    public static T Open<T>(string path, string expected, Func<FileStream, T> read)
    {
        FileStream stream = Open(path, expected);
        try
        {
            return read(stream);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    private static FileStream Open(string path, string expected)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new BadInputException($"{path} does not exist; expected {expected}. Check the path.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{path} cannot be opened: {e.Message} Check that it is a file and that you may read it.", e);
        }
    }
}
