using ResNetGen.Architecture.Layers;

namespace ResNetGen.Generators.Emission.Classes;

/// <summary>How a named sequence is written: torch's Sequential, its elements under their keys.</summary>
internal static class SequentialCode
{
    public static string Make(Slot slot, CodeContext code)
    {
        List<Slot> optional = [.. slot.Elements.Where(element => !Same(element.Presence, slot.Presence))];
        if (optional.Count == 0)
            return Of(slot.Elements, code);

        // Elements that come and go together make two forms of the sequence.
        bool[] presence = optional[0].Presence;
        if (optional.Any(element => !Same(element.Presence, presence)))
            throw new InvalidOperationException($"The sequence '{slot.Sample.Name}' has more than two forms in one class.");

        string condition = code.Parameters.Condition(Within(presence, slot.Presence), "with" + Names.Property(slot.Sample.Name));
        return $"{condition}\n    ? {Indent(Of(slot.Elements, code))}\n    : {Indent(Of([.. slot.Elements.Except(optional)], code))}";
    }

    private static string Of(IReadOnlyList<Slot> elements, CodeContext code)
    {
        IEnumerable<string> lines = elements.Select(element => $"    (\"{element.Sample.Name}\", {Indent(LayerCode.Make(element, code))})");
        return $"{Head(elements, code)}\n{string.Join(",\n", lines)})";
    }

    // One of ours calls convolutions as generated code does, and runs each normalisation, the ReLU after it, and where asked the convolution
    // after that as one operation.
    private static string Head(IReadOnlyList<Slot> elements, CodeContext code)
    {
        if (!elements.Any(element => element.Sample is BatchNorm2d or Conv2d))
            return $"{code.Nn}.Sequential(";

        string sequence = $"new {code.Names["FusedSequential"]}(";
        bool recomputes = code.Recompute == Recompute.Normalisation
            && Enumerable.Range(2, Math.Max(0, elements.Count - 2)).Any(i => Fusion.Feeds(elements[i - 2].Sample, elements[i - 1].Sample, elements[i].Sample));
        return recomputes ? $"{sequence}{code.Names["Recompute"]}.{code.Recompute}," : sequence;
    }

    // Where the sequence itself is absent nobody asks; the answer that an easy condition gives is as good as another.
    private static bool[] Within(bool[] presence, bool[] sequence) => presence.All(each => !each) ? sequence : presence;

    private static bool Same(bool[] one, bool[] other) => one.SequenceEqual(other);

    private static string Indent(string text) => text.Replace("\n", "\n    ");
}
