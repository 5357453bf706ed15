using System.Globalization;
using System.Text;

namespace ResNetGen.Weights;

/// <summary>An entry that file and network both have, but not alike.</summary>
/// <param name="Key">Its key in the network.</param>
/// <param name="File">Element type and shape in the file, such as <c>F32 [1000, 512]</c>.</param>
/// <param name="Network">The same in the network.</param>
public sealed record MismatchedEntry(string Key, string File, string Network)
{
    /// <summary>The entry, and both.</summary>
    public override string ToString() => $"{Shown.Of(Key)} is {File} in the file and {Network} in the network";
}

/// <summary>What came of loading weights. Keys are the network's, those of <see cref="Unexpected"/> the file's.</summary>
public sealed record LoadedWeights
{
    /// <summary>The network that was filled.</summary>
    public required string Network { get; init; }

    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>Entries that were copied.</summary>
    public required IReadOnlyList<string> Loaded { get; init; }

    /// <summary>Entries of the last linear layer that keep their values because it is replaced.</summary>
    public required IReadOnlyList<string> Fresh { get; init; }

    /// <summary>Entries of the network that the file does not have. They keep their values.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>Entries of the file that the network has no place for.</summary>
    public required IReadOnlyList<string> Unexpected { get; init; }

    /// <summary>Entries of other shapes, or of numbers where the network wants none. They keep their values.</summary>
    public required IReadOnlyList<MismatchedEntry> Mismatched { get; init; }

    /// <summary>What is known of the weights: the file's own record, else that of <c>[Pretrained]</c>, else null.</summary>
    public WeightRecord? Record { get; init; }

    /// <summary>What was assumed, or is worth knowing; a sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>The counts, what was left out by layer, and the notes; a line each.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Network}: {Loaded.Count} entries from {Path}");
        Part("kept fresh", Fresh);
        Part("missing", Missing);
        Part("unexpected", Unexpected);
        foreach (MismatchedEntry entry in Mismatched)
            text.Append(CultureInfo.InvariantCulture, $"\n  of another shape: {entry}");
        foreach (string note in Notes)
            text.Append(CultureInfo.InvariantCulture, $"\n  note: {note}");
        return text.ToString();

        void Part(string what, IReadOnlyList<string> keys)
        {
            if (keys.Count > 0)
                text.Append(CultureInfo.InvariantCulture, $"\n  {what}: {LayerList.Of(keys)}");
        }
    }
}
