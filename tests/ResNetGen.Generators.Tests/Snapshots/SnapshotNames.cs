using System.Globalization;
using System.Text;

namespace ResNetGen.Generators.Tests.Snapshots;

/// <summary>One file of a snapshot.</summary>
/// <param name="Name">What stands after the <c>#</c>; null for a target without a name.</param>
/// <param name="Extension">Without the dot.</param>
/// <param name="Text">Line ends of any kind; the file has <c>\n</c>.</param>
internal sealed record SnapshotTarget(string? Name, string Extension, string Text);

/// <summary>Verify's file names.</summary>
internal static class SnapshotNames
{
    // The same on every machine: what Windows refuses, and '#', which divides prefix from target.
    private const string Invalid = "\"<>|:*?\\/#";

    /// <summary><c>Type.Method_name=value</c>; a nested type is <c>Outer.Inner</c>.</summary>
    public static string Prefix(Type type, string method, IEnumerable<(string Name, object Value)> parameters)
    {
        StringBuilder prefix = new();
        for (Type? each = type; each is not null; each = each.DeclaringType)
            prefix.Insert(0, prefix.Length == 0 ? each.Name : each.Name + ".");
        prefix.Append('.').Append(method);
        foreach ((string name, object value) in parameters)
            prefix.Append(CultureInfo.InvariantCulture, $"_{name}={value}");
        return Clean(prefix.ToString());
    }

    /// <summary>
    /// The file names of a snapshot's targets without <c>.verified</c>: targets that share name and extension are
    /// numbered .00, .01, and so on.
    /// </summary>
    public static IReadOnlyList<string> Stems(string prefix, IReadOnlyList<SnapshotTarget> targets)
    {
        List<string> stems = [];
        foreach (SnapshotTarget target in targets)
        {
            string stem = target.Name is null ? prefix : $"{prefix}#{Clean(target.Name)}";
            SnapshotTarget[] same = [.. targets.Where(each => each.Name == target.Name && each.Extension == target.Extension)];
            if (same.Length > 1)
                stem += "." + Array.FindIndex(same, each => ReferenceEquals(each, target)).ToString("D2", CultureInfo.InvariantCulture);
            stems.Add(stem);
        }
        return stems;
    }

    private static string Clean(string name) =>
        string.Concat(name.Select(each => each < ' ' || Invalid.Contains(each, StringComparison.Ordinal) ? '-' : each));
}
