using System.Collections.Immutable;
using System.Globalization;
using ResNetGen.Architecture;

namespace ResNetGen.Generators.Fixes;

/// <summary>One answer to a message: the edits that belong together.</summary>
/// <param name="Edits">What is changed.</param>
internal sealed record Fix(EquatableArray<Edit> Edits)
{
    private const string Key = "ResNetGen.Fix";

    /// <summary>A fix of one edit.</summary>
    public static Fix Of(params Edit[] edits) => new(edits.ToEquatableArray());

    /// <summary>
    /// The fixes as properties of a diagnostic, where they travel from the analyzer to the code fix. The code fix may not
    /// read the message: wording is for people.
    /// </summary>
    public static ImmutableDictionary<string, string?> Write(EquatableArray<Fix> fixes)
    {
        ImmutableDictionary<string, string?> properties = ImmutableDictionary<string, string?>.Empty;
        for (int i = 0; i < fixes.Count; i++)
            properties = properties.Add(Name(i), string.Join("\0", fixes[i].Edits.Select(Write)));
        return properties;
    }

    /// <summary>The fixes that a diagnostic carries, the best first.</summary>
    public static IReadOnlyList<Fix> Read(ImmutableDictionary<string, string?> properties)
    {
        List<Fix> fixes = [];
        while (properties.TryGetValue(Name(fixes.Count), out string? written) && written is not null)
            fixes.Add(new Fix(written.Split('\0').Select(Read).ToEquatableArray()));
        return fixes;
    }

    private static string Name(int index) => Key + index.ToString(CultureInfo.InvariantCulture);

    private static string Write(Edit edit) =>
        string.Join("\t", edit.Kind.ToString(), edit.At.ToString(CultureInfo.InvariantCulture), edit.Name, edit.Value);

    private static Edit Read(string written)
    {
        // The value comes last: it is C# and may hold tabs.
        string[] fields = written.Split(['\t'], 4);
        return new Edit(
            (EditKind)Enum.Parse(typeof(EditKind), fields[0]), fields[2], fields[3], int.Parse(fields[1], CultureInfo.InvariantCulture));
    }
}
