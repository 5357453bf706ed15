using System.Globalization;
using System.Text;
using ResNetGen.Training;

namespace ResNetGen.Analyses;

/// <summary>Where the time of a step goes: by kind of work, by layer and by operation. The shares add up to the step.</summary>
public sealed record StepProfile
{
    /// <summary>The network; empty where <see cref="Compute"/> names it, as a plan's description does.</summary>
    public required string Network { get; init; }

    /// <summary>"training step" or "inference".</summary>
    public required string Work { get; init; }

    /// <summary>Images in a step.</summary>
    public required long Batch { get; init; }

    /// <summary>Where and in which arithmetic it was computed.</summary>
    public required string Compute { get; init; }

    /// <summary>Steps that were recorded; all figures are their means.</summary>
    public required int Steps { get; init; }

    /// <summary>Milliseconds of a step while it is recorded.</summary>
    public required double Milliseconds { get; init; }

    /// <summary>Milliseconds of a step that nobody records, measured just before: the difference is what recording costs.</summary>
    public required double UnrecordedMilliseconds { get; init; }

    /// <summary>Every share, in the order in which the network computes.</summary>
    public required IReadOnlyList<StepShare> Shares { get; init; }

    /// <summary>Milliseconds of all shares together; what is missing to <see cref="Milliseconds"/> passed between the steps' clock and the first share.</summary>
    public double SumMilliseconds => Shares.Sum(static share => share.Milliseconds);

    /// <summary>By kind of work, forward and backward apart, greatest first.</summary>
    public IReadOnlyList<(StepKind Kind, double Forward, double Backward, double Update)> ByKind() =>
        [.. Split(static share => share.Kind)];

    /// <summary>By layer, greatest first; empty is the name of what belongs to none.</summary>
    public IReadOnlyList<(string Layer, double Forward, double Backward, double Update)> ByLayer() =>
        [.. Split(static share => share.Layer)];

    /// <summary>By operation, greatest first.</summary>
    public IReadOnlyList<(string Operation, double Forward, double Backward, double Update)> ByOperation() =>
        [.. Split(static share => share.Operation)];

    private IEnumerable<(TKey, double Forward, double Backward, double Update)> Split<TKey>(Func<StepShare, TKey> key) =>
        from share in Shares
        group share by key(share) into same
        orderby same.Sum(static share => share.Milliseconds) descending
        select (same.Key, Of(same, StepPhase.Forward), Of(same, StepPhase.Backward), Of(same, StepPhase.Update));

    private static double Of(IEnumerable<StepShare> shares, StepPhase phase) => shares.Where(share => share.Phase == phase).Sum(static share => share.Milliseconds);

    /// <summary>Tables by kind, by layer and by operation.</summary>
    /// <param name="most">Layers and operations that are shown; the others are added up in one line.</param>
    public string ToText(int most = 25)
    {
        StringBuilder text = new();
        text.Append(string.Create(CultureInfo.InvariantCulture,
            $"{(Network.Length == 0 ? "" : $"{Network}, ")}{Work}, batch {Batch}, {Compute}: {Milliseconds:N2} ms while recorded ({UnrecordedMilliseconds:N2} ms otherwise), mean of {Steps} steps.\n"));
        text.Append(string.Create(CultureInfo.InvariantCulture,
            $"The shares add up to {SumMilliseconds:N2} ms; remainder {Milliseconds - SumMilliseconds:N3} ms ({(Milliseconds - SumMilliseconds) / Milliseconds:P2}).\n\n"));
        Table(text, "by kind", [.. ByKind().Select(static row => (StepKinds.Text(row.Kind), row.Forward, row.Backward, row.Update))], int.MaxValue);
        Table(text, "by layer", [.. ByLayer().Select(static row => (row.Layer.Length == 0 ? "(no layer)" : row.Layer, row.Forward, row.Backward, row.Update))], most);
        Table(text, "by operation", [.. ByOperation().Select(static row => (row.Operation.Length == 0 ? "(outside operations)" : row.Operation, row.Forward, row.Backward, row.Update))], most);
        return text.ToString();
    }

    /// <inheritdoc/>
    public override string ToString() => ToText();

    /// <summary>As JSON: what <see cref="ToText"/> says, with every share.</summary>
    public string ToJson() => JsonText.Indented(writer =>
    {
        writer.WriteString("network", Network);
        writer.WriteString("work", Work);
        writer.WriteNumber("batch", Batch);
        writer.WriteString("compute", Compute);
        writer.WriteNumber("steps", Steps);
        writer.WriteNumber("milliseconds", Milliseconds);
        writer.WriteNumber("milliseconds_unrecorded", UnrecordedMilliseconds);
        writer.WriteStartArray("shares");
        foreach (StepShare share in Shares)
        {
            writer.WriteStartObject();
            writer.WriteString("layer", share.Layer);
            writer.WriteString("phase", share.Phase.ToString());
            writer.WriteString("kind", StepKinds.Text(share.Kind));
            writer.WriteString("operation", share.Operation);
            writer.WriteNumber("calls", share.Calls);
            writer.WriteNumber("milliseconds", share.Milliseconds);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    private void Table(StringBuilder text, string title, IReadOnlyList<(string Name, double Forward, double Backward, double Update)> rows, int most)
    {
        List<(string Name, double Forward, double Backward, double Update)> shown = [.. rows.Take(most)];
        if (rows.Count > most)
            shown.Add(($"{rows.Count - most} more", rows.Skip(most).Sum(static row => row.Forward), rows.Skip(most).Sum(static row => row.Backward), rows.Skip(most).Sum(static row => row.Update)));
        int width = Math.Max(title.Length, shown.Max(static row => row.Name.Length));
        text.Append(string.Create(CultureInfo.InvariantCulture, $"{title.PadRight(width)}   forward  backward    update     total, ms\n"));
        foreach ((string name, double forward, double backward, double update) in shown)
        {
            double total = forward + backward + update;
            text.Append(string.Create(CultureInfo.InvariantCulture,
                $"{name.PadRight(width)} {Cell(forward)} {Cell(backward)} {Cell(update)} {Cell(total)} {total / SumMilliseconds,7:P1}\n"));
        }

        text.Append('\n');

        static string Cell(double milliseconds) => milliseconds == 0 ? "        –" : milliseconds.ToString("0.000", CultureInfo.InvariantCulture).PadLeft(9);
    }
}
