using System.Collections.Immutable;

namespace ResNetGen.Generators.Fixes;

/// <summary>The messages that may carry fixes. A test holds the list against what the analyzers say.</summary>
internal static class FixableIds
{
    /// <summary>By id.</summary>
    public static ImmutableArray<string> All { get; } =
    [
        "RNG0001", "RNG0002", "RNG0003", "RNG0004", "RNG0005", "RNG0006",
        "RNG0008", "RNG0009", "RNG0016",
        "RNG0101", "RNG0102", "RNG0103", "RNG0104", "RNG0105", "RNG0106", "RNG0107", "RNG0108", "RNG0110", "RNG0111", "RNG0112",
        "RNG0201", "RNG0202", "RNG0203", "RNG0204", "RNG0207", "RNG0208", "RNG0209", "RNG0213",
        "RNG0301", "RNG0302", "RNG0303", "RNG0304", "RNG0306", "RNG0307", "RNG0309",
        "RNG0401", "RNG0402", "RNG0403", "RNG0404", "RNG0405", "RNG0406", "RNG0407", "RNG0410",
    ];
}
