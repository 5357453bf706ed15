namespace ResNetGen.Tests.Hostile;

/// <summary>A file that is not what it says, who reads it, and what the reader must answer.</summary>
/// <param name="Name">The file's name, told apart from all others: it is the test's name.</param>
/// <param name="Make">Writes the file (or a folder of files) under the path that it is given.</param>
/// <param name="Read">Reads it to the end, as a user's program would: opening alone may have looked at too little.</param>
/// <param name="Says">Parts that the message must have, besides the file's path.</param>
internal sealed record HostileFile(string Name, Action<string> Make, Action<string> Read, params string[] Says)
{
    /// <summary>A file of bytes.</summary>
    public HostileFile(string name, byte[] bytes, Action<string> read, params string[] says)
        : this(name, path => File.WriteAllBytes(path, bytes), read, says)
    {
    }

    /// <summary>What the message must name; the path that was given, unless the fault lies in a file inside it.</summary>
    public Func<string, string> Names { get; init; } = static path => path;

    /// <summary>Most memory that reading may take: small, whatever sizes the file speaks of.</summary>
    public long MostBytes { get; init; } = 32 << 20;

    public override string ToString() => Name;
}
