namespace ResNetGen.Architecture.Layers;

/// <summary>A layer with no layers inside. Each kind states its own shape rule, tensors, multiply-adds and what it keeps.</summary>
/// <param name="Name">Its segment of state_dict keys.</param>
public abstract record Leaf(string Name) : Layer(Name)
{
    /// <summary>The layer in a few words, e.g. <c>conv 3×3, stride 2</c>.</summary>
    public abstract string Summary { get; }

    /// <summary>The layer in a word or two, without numbers: the summary's column beside <see cref="KernelText"/>.</summary>
    internal virtual string Kind => Summary;

    /// <summary>The window in words, e.g. <c>3×3, stride 2</c>; empty for none.</summary>
    internal virtual string KernelText => Window?.ToString() ?? "";

    /// <summary>What an element of its output depends on of its input; null for the whole map.</summary>
    internal virtual ReceptiveField? Reach => Window is { } window ? new(window.Extent, window.Stride) : ReceptiveField.Pixel;

    /// <summary>Whether each element of its output depends on that element of its input alone, statistics aside.</summary>
    internal virtual bool IsElementwise => false;

    /// <summary>The window it slides over its input, where it has one.</summary>
    internal virtual Window? Window => null;

    /// <summary>Whether its backward pass reads its input.</summary>
    internal virtual bool KeepsInput => false;

    /// <summary>Whether its backward pass reads its output.</summary>
    internal virtual bool KeepsOutput => false;

    /// <summary>Whether it writes its output over its input where that may be overwritten.</summary>
    internal virtual bool WorksInPlace => false;

    /// <summary>Whether its output is its input's storage under another shape.</summary>
    internal virtual bool IsView => false;

    /// <summary>Whether autocast runs it in the short type, on casts of its input and its weights: convolutions and linear layers.</summary>
    private protected virtual bool IsProduct => false;

    /// <summary>Whether its backward pass reads the cast of its weights that the forward pass made; else it makes one of its own.</summary>
    private protected virtual bool KeepsCast => IsProduct;

    /// <summary>Bytes it keeps for one image beside its input and output: indices.</summary>
    private protected virtual long ExtraSavedBytes(Shape input) => 0;

    /// <summary>Bytes it keeps once a batch: statistics.</summary>
    private protected virtual long BatchSavedBytes(Shape input) => 0;

    /// <summary>Multiply-adds for one image.</summary>
    private protected virtual long MultiplyAdds(Shape input) => 0;

    /// <summary>What ptflops counts for it, for one image, beside multiply-adds of weights: see <see cref="Cost.ElementwiseOperations"/>.</summary>
    private protected virtual long ElementwiseOperations(Shape input) => 0;

    /// <summary>Its tensors, named within the layer.</summary>
    private protected virtual IEnumerable<StateEntry> Tensors(Shape input) => [];

    /// <summary>What it counts as beside its tensors: weighted layers, convolutions, normalisations.</summary>
    private protected virtual Cost Counts => default;

    /// <inheritdoc/>
    public override Cost Measure(Shape input)
    {
        StateEntry[] tensors = [.. Tensors(input)];
        return Counts with
        {
            Parameters = tensors.Where(tensor => tensor.Kind == StateKind.Parameter).Sum(tensor => tensor.Elements),
            Buffers = tensors.Where(tensor => tensor.Kind == StateKind.Statistic).Sum(tensor => tensor.Elements),
            ParameterTensors = tensors.Count(tensor => tensor.Kind == StateKind.Parameter),
            StateDictEntries = tensors.Length,
            MultiplyAdds = MultiplyAdds(input),
            ElementwiseOperations = ElementwiseOperations(input),
        };
    }

    /// <inheritdoc/>
    public override IEnumerable<StateEntry> State(Shape input, string path) =>
        Tensors(input).Select(tensor => tensor with { Key = Join(path, tensor.Key) });

    internal override IEnumerable<PlacedLeaf> Leaves(Shape input, string path) => [new PlacedLeaf(path, this, input)];

    internal override Signal Run(Signal input, SavedTally saved)
    {
        if (IsProduct && saved.Precision == TrainingPrecision.BFloat16)
            input = Cast(input, saved);

        saved.ImageBytes += ExtraSavedBytes(input.Shape);
        saved.BatchBytes += BatchSavedBytes(input.Shape);
        if (WorksInPlace && input.CanOverwrite)
            saved.WorksInPlace?.Invoke(this);

        if (KeepsInput && !input.IsInside)
            saved.Hold(input);

        if (IsView)
            return input.View(Output(input.Shape));

        Signal output = input.Become(Output(input.Shape));
        if (KeepsOutput && input.IsInside)
            output.MayBeRead = true;
        else if (KeepsOutput)
            saved.Hold(output);

        return output;
    }

    // A backward pass needs the weight as it was used; a bias it does not need. An input that is short already is used as it is.
    private Signal Cast(Signal input, SavedTally saved)
    {
        long weights = Tensors(input.Shape).Where(tensor => tensor.Kind == StateKind.Parameter && tensor.Shape.Count > 1).Sum(tensor => tensor.Elements);
        saved.BatchBytes += KeepsCast ? Signal.BFloat16 * weights : 0;
        return input.ElementBytes == Signal.BFloat16 ? input : new Signal(input.Shape, Signal.BFloat16) { IsInside = input.IsInside };
    }
}
