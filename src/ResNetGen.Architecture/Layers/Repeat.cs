using System.Globalization;

namespace ResNetGen.Architecture.Layers;

/// <summary>A block that keeps its input's shape, a number of times over; the copies are named by their index.</summary>
/// <param name="First">Index of the first copy.</param>
/// <param name="Count">Number of copies.</param>
/// <param name="Body">The block.</param>
public sealed record Repeat(int First, int Count, Layer Body) : Layer("")
{
    /// <inheritdoc/>
    public override Shape Output(Shape input)
    {
        Shape output = Body.Output(input);
        return Count == 1 || output == input
            ? output
            : throw new ArgumentException($"A block that maps {input} to {output} cannot be repeated.", nameof(input));
    }

    /// <inheritdoc/>
    public override Cost Measure(Shape input) => Body.Measure(input) * Count;

    /// <inheritdoc/>
    public override IEnumerable<StateEntry> State(Shape input, string path) =>
        Enumerable.Range(First, Count).SelectMany(index => Body.State(input, Join(path, Join(Text(index), Body.Name))));

    internal override IEnumerable<PlacedLeaf> Leaves(Shape input, string path) =>
        Body.Leaves(input, Join(path, Join(Text(First), Body.Name)));

    // From the second copy on each is reached by the same kind of tensor, the output of its own kind, and keeps as much.
    internal override Signal Run(Signal input, SavedTally saved)
    {
        Signal output = saved.Run(Body, input);
        if (Count == 1)
            return output;

        SavedTally one = saved.OfLaterCopy();
        output = one.Run(Body, output);
        saved.Add(one, Count - 1);
        return output;
    }

    private static string Text(int index) => index.ToString(CultureInfo.InvariantCulture);
}
