using System.Globalization;
using ResNetGen.Architecture;

namespace ResNetGen.Weights;

/// <summary>One thing in which the network of a file and the one that is to be filled differ although equal keys and shapes hide it.</summary>
/// <param name="Name">Its name, by which it can be allowed.</param>
/// <param name="File">What the file's network has.</param>
/// <param name="Network">What this one has.</param>
internal sealed record MeaningDifference(string Name, string File, string Network)
{
    public override string ToString() => $"\"{Name}\" is {File} there and {Network} here";
}

/// <summary>
/// Compares what weights mean, part by part of the fingerprints: where a bottleneck strides, where option A puts its zeros, the
/// order in a unit and what a shortcut is scaled by leave no trace in a state_dict.
/// </summary>
internal static class Meaning
{
    /// <summary>The name of a difference in how pictures were normalised.</summary>
    public const string Normalization = "normalization";

    // Networks of one's own are written as a tree, which has semicolons of its own only by chance.
    private const string Layers = "layers";

    // The size of the picture and the classes show in shapes, or do not matter.
    private static readonly string[] s_free = ["input", "classes"];

    // Parts that never show in a key or a shape; the others do, so that entries are missing where they differ.
    private static readonly string[] s_silent = ["shortcut", "zeros", "stride", "unit", "skip", "down", "outputstride"];

    private static readonly string[] s_others = ["stem", "block", "stages", "width", "widths", "groups", "projection", "squeeze", "vgg", "batchnorm", Layers, Normalization];

    /// <summary>Every name that a difference can have.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_silent, .. s_others];

    /// <summary>What differs.</summary>
    /// <param name="file">The fingerprint of the file's network.</param>
    /// <param name="network">That of the network which is to be filled.</param>
    /// <param name="onlySilent">Whether parts count that show in keys and shapes, where entries of another network are wanted.</param>
    public static List<MeaningDifference> Compare(string file, string network, bool onlySilent)
    {
        Dictionary<string, string> there = Parts(file), here = Parts(network);
        // Nothing tells whether layers that were written one by one are a family's.
        if (there.ContainsKey(Layers) != here.ContainsKey(Layers))
            return [new(Layers, Family(there), Family(here))];

        return
        [
            .. there.Keys.Union(here.Keys, StringComparer.Ordinal)
                .Where(name => !s_free.Contains(name) && (!onlySilent || s_silent.Contains(name) || name == Layers))
                .Where(name => there.GetValueOrDefault(name) != here.GetValueOrDefault(name))
                .Where(name => name != "outputstride" || !StridesLess(here.GetValueOrDefault(name), there.GetValueOrDefault(name)))
                .Select(name => new MeaningDifference(name, Show(name, there), Show(name, here))),
        ];
    }

    /// <summary>What the network assumes of weights that keys and shapes do not say, in words; empty where it assumes nothing.</summary>
    public static IEnumerable<string> Assumed(string network)
    {
        Dictionary<string, string> parts = Parts(network);
        return s_silent.Where(name => name != "shortcut" && parts.ContainsKey(name)).Select(name => $"\"{name}\" is {Show(name, parts)}");
    }

    /// <summary>The value of a part, such as the size of the input; null where the fingerprint has none.</summary>
    public static string? Part(string fingerprint, string name) => Parts(fingerprint).GetValueOrDefault(name);

    // Dilated networks take the weights of those that stride; that is what they are for.
    private static bool StridesLess(string? network, string? weights) =>
        int.TryParse(network, NumberStyles.None, CultureInfo.InvariantCulture, out int own)
        && (weights is null || int.TryParse(weights, NumberStyles.None, CultureInfo.InvariantCulture, out int trained) && own < trained);

    private static string Family(Dictionary<string, string> parts) => parts.ContainsKey(Layers) ? "a network declared layer by layer" : "a network of a family";

    private static string Show(string name, Dictionary<string, string> parts) => (name, parts.GetValueOrDefault(name)) switch
    {
        ("stride", nameof(StridePlacement.First1x1)) => "First1x1 (the paper's, \"v1\")",
        ("stride", nameof(StridePlacement.Conv3x3)) => "Conv3x3 (torchvision's, \"v1.5\")",
        ("zeros", nameof(ZeroPadding.End)) => "End (after the other channels)",
        ("zeros", nameof(ZeroPadding.Both)) => "Both (half before, half after)",
        ("shortcut", "none") => "none (a plain network)",
        (_, null) => "the usual",
        (_, var value) => Shown.Of(value),
    };

    private static Dictionary<string, string> Parts(string fingerprint)
    {
        Dictionary<string, string> parts = new(StringComparer.Ordinal);
        string[] pieces = fingerprint.Split(';');
        for (int i = 0; i < pieces.Length; i++)
        {
            string[] two = pieces[i].Split('=', 2);
            if (two[0] == Layers)
            {
                parts[Layers] = string.Join(';', pieces[i..])[(Layers.Length + 1)..];
                break;
            }

            parts[two[0]] = two.Length > 1 ? two[1] : "";
        }

        return parts;
    }
}
