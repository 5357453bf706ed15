namespace ResNetGen.Architecture;

/// <summary>A layer as the summary and the diagrams show it: at its place, with its shapes and costs.</summary>
public sealed record LayerSummary
{
    /// <summary>The names from the root down to it, joined by dots; a run of equal blocks as <c>layer3.1–22</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The end of its path, below what it stands in.</summary>
    public required string Name { get; init; }

    /// <summary>What it is: <c>conv</c>, <c>batch norm</c>, <c>bottleneck</c>, <c>add</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The window that it slides over its input, e.g. <c>3×3, stride 2</c>; empty for none.</summary>
    public string Kernel { get; init; } = "";

    /// <summary>How many equal layers follow each other here; 1 for most.</summary>
    public int Count { get; init; } = 1;

    /// <summary>Names of the layers beside it whose outputs it takes; <c>input</c> for what reaches the block that it stands in.</summary>
    public EquatableArray<string> Inputs { get; init; }

    /// <summary>Shape that reaches it.</summary>
    public required Shape Input { get; init; }

    /// <summary>Shape that leaves it.</summary>
    public required Shape Output { get; init; }

    /// <summary>What it costs, all its copies together.</summary>
    public required Cost Cost { get; init; }

    /// <summary>The receptive field of what leaves it; null once a layer has taken a whole map at once.</summary>
    public ReceptiveField? ReceptiveField { get; init; }

    /// <summary>
    /// Bytes that autograd keeps because of it, all its copies together: see <see cref="NetworkArchitecture.SavedActivationBytes(TrainingPrecision, int)"/>.
    /// A tensor that several layers need counts with the first of them.
    /// </summary>
    /// <param name="precision">The arithmetic of the training step.</param>
    /// <param name="batch">Images in the batch, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The batch is empty, or there is no such precision.</exception>
    public long SavedActivationBytes(TrainingPrecision precision, int batch) => Kept.Of(precision, batch);

    /// <summary>The layers inside, of one copy.</summary>
    public EquatableArray<LayerSummary> Layers { get; init; }

    internal Kept Kept { get; init; }

    /// <summary>Positions among its siblings of the layers that it takes; -1 for what reaches the block.</summary>
    internal EquatableArray<int> Sources { get; init; }

    /// <summary>Whether it brings several tensors together and is no layer with a state.</summary>
    internal bool IsSum { get; init; }

    /// <summary>Whether it only changes elements one by one, so that a diagram may draw it in the box of the layer before it.</summary>
    internal bool IsElementwise { get; init; }
}
