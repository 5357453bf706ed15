namespace ResNetGen.Architecture.Layers;

/// <summary>Batch normalisation with a scale and an offset a channel.</summary>
/// <param name="Name">Its segment of state_dict keys.</param>
public sealed record BatchNorm2d(string Name) : Leaf(Name)
{
    /// <summary>What is added to a variance before the root is taken: torch's default, which every network here has.</summary>
    internal const double Epsilon = 1e-5;

    /// <summary>
    /// Whether its scale starts at 0, so that its block starts as the identity (Goyal et al. 2017, section 5.1); the
    /// papers start it at 1.
    /// </summary>
    public bool StartsAtZero { get; init; }

    /// <inheritdoc/>
    public override string Summary => "batch norm";

    internal override bool KeepsInput => true;

    internal override bool IsElementwise => true;

    /// <inheritdoc/>
    public override Shape Output(Shape input) => input;

    // The batch's mean and inverse deviation of each channel, in 32 bits whatever the precision.
    private protected override long BatchSavedBytes(Shape input) => 2 * sizeof(float) * input.Channels;

    // Normalising is one multiply-add an element, scale and offset another.
    private protected override long ElementwiseOperations(Shape input) => 2 * input.Elements;

    private protected override Cost Counts => new() { BatchNorms = 1 };

    private protected override IEnumerable<StateEntry> Tensors(Shape input) =>
    [
        new("weight", [input.Channels], StateKind.Parameter),
        new("bias", [input.Channels], StateKind.Parameter),
        new("running_mean", [input.Channels], StateKind.Statistic),
        new("running_var", [input.Channels], StateKind.Statistic),
        new("num_batches_tracked", [], StateKind.Counter),
    ];
}
