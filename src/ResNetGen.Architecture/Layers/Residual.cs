namespace ResNetGen.Architecture.Layers;

/// <summary>The sum of a branch and a shortcut. The addition works in place and keeps nothing.</summary>
/// <param name="Branch">The layers F in F(x) + x.</param>
/// <param name="Shortcut">What brings x to the branch's shape; null for identity.</param>
public sealed record Residual(Sequence Branch, Layer? Shortcut) : Layer("")
{
    /// <inheritdoc/>
    public override Shape Output(Shape input)
    {
        Shape branch = Branch.Output(input);
        Shape shortcut = Shortcut?.Output(input) ?? input;
        return branch == shortcut
            ? branch
            : throw new ArgumentException($"A branch of {branch} and a shortcut of {shortcut} cannot be added.", nameof(input));
    }

    /// <inheritdoc/>
    public override Cost Measure(Shape input) =>
        Branch.Measure(input) + ((Shortcut?.Measure(input) ?? default) with { WeightedLayers = 0 });

    /// <inheritdoc/>
    public override IEnumerable<StateEntry> State(Shape input, string path) => Shortcut is null
        ? Branch.State(input, Join(path, Branch.Name))
        : Branch.State(input, Join(path, Branch.Name)).Concat(Shortcut.State(input, Join(path, Shortcut.Name)));

    internal override IEnumerable<PlacedLeaf> Leaves(Shape input, string path) => Shortcut is null
        ? Branch.Leaves(input, Join(path, Branch.Name))
        : Branch.Leaves(input, Join(path, Branch.Name)).Concat(Shortcut.Leaves(input, Join(path, Shortcut.Name)));
}
