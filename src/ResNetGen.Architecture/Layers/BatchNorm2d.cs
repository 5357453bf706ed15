namespace ResNetGen.Architecture.Layers;

/// <summary>Batch normalisation with a scale and an offset a channel.</summary>
/// <param name="Name">Its segment of state_dict keys.</param>
public sealed record BatchNorm2d(string Name) : Leaf(Name)
{
    /// <inheritdoc/>
    public override string Summary => "batch norm";

    /// <inheritdoc/>
    public override Shape Output(Shape input) => input;

    private protected override IEnumerable<StateEntry> Tensors(Shape input) =>
    [
        new("weight", [input.Channels], StateKind.Parameter),
        new("bias", [input.Channels], StateKind.Parameter),
        new("running_mean", [input.Channels], StateKind.Statistic),
        new("running_var", [input.Channels], StateKind.Statistic),
        new("num_batches_tracked", [], StateKind.Counter),
    ];
}
