namespace ResNetGen.Architecture.Layers;

/// <summary>A square convolution; its input channels are those of its input.</summary>
/// <param name="Name">Its segment of state_dict keys.</param>
/// <param name="Channels">Output channels.</param>
/// <param name="Kernel">Side of the kernel in pixels.</param>
/// <param name="Stride">Stride in pixels.</param>
/// <param name="Groups">Groups of channels that do not see each other.</param>
public sealed record Conv2d(string Name, int Channels, int Kernel, int Stride = 1, int Groups = 1) : Leaf(Name)
{
    /// <summary>Distance in pixels between the taps of the kernel; 1 for an ordinary convolution.</summary>
    public int Dilation { get; init; } = 1;

    /// <summary>
    /// Pixels added on each side; null for as many as let an odd kernel of stride 1 keep height and width:
    /// dilation × (kernel − 1) / 2.
    /// </summary>
    public int? Padding { get; init; }

    /// <summary>Whether it adds a bias a channel. Batch normalisation after it makes one superfluous.</summary>
    public bool Bias { get; init; }

    /// <summary>What its bias starts from, where it has one.</summary>
    public double BiasStart { get; init; }

    /// <summary>Pixels added on each side.</summary>
    public int ResolvedPadding => Padding ?? Dilation * (Kernel - 1) / 2;

    /// <inheritdoc/>
    public override string Summary => $"conv {KernelText}";

    internal override string Kind => "conv";

    internal override string KernelText
    {
        get
        {
            string dilation = Dilation == 1 ? "" : FormattableString.Invariant($", dilation {Dilation}");
            string groups = Groups == 1 ? "" : FormattableString.Invariant($", {Groups} groups");
            return $"{Window}{dilation}{groups}";
        }
    }

    internal override Window? Window => new(Kernel, Stride, ResolvedPadding) { Dilation = Dilation };

    internal override bool KeepsInput => true;

    private protected override bool IsProduct => true;

    private protected override bool KeepsCast => false;

    /// <inheritdoc/>
    public override Shape Output(Shape input) => Window!.Value.Output(input, Channels);

    // Every weight is used once at every output pixel.
    private protected override long MultiplyAdds(Shape input) => checked(Weight(input).Elements * Output(input).Pixels);

    private protected override long ElementwiseOperations(Shape input) => Bias ? Output(input).Elements : 0;

    private protected override Cost Counts => new() { WeightedLayers = 1, Convolutions = 1 };

    private protected override IEnumerable<StateEntry> Tensors(Shape input) => Bias
        ? [Weight(input), new("bias", [Channels], StateKind.Parameter)]
        : [Weight(input)];

    private StateEntry Weight(Shape input) =>
        new("weight", [Channels, input.Channels / Groups, Kernel, Kernel], StateKind.Parameter);
}
