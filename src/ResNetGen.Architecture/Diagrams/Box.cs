namespace ResNetGen.Architecture.Diagrams;

/// <summary>A box of a diagram: a layer with what follows it element by element, or a block with boxes inside.</summary>
internal sealed record Box
{
    /// <summary>Its name; empty for a sum.</summary>
    public required string Title { get; init; }

    /// <summary>What it does, e.g. <c>conv 3×3, stride 2 · batch norm · ReLU</c>.</summary>
    public required string Text { get; init; }

    /// <summary>How many equal ones follow each other.</summary>
    public int Count { get; init; } = 1;

    /// <summary>Whether it brings several tensors together.</summary>
    public bool IsSum { get; init; }

    /// <summary>Shape of what leaves it.</summary>
    public required Shape Output { get; init; }

    /// <summary>Positions of the boxes beside it that it takes; -1 for what reaches the block.</summary>
    public required EquatableArray<int> Sources { get; init; }

    /// <summary>The boxes inside; the last one gives the block's output. Empty for a layer.</summary>
    public EquatableArray<Box> Inside { get; init; }

    /// <summary>Title and count of a block: "layer3.1–35 · bottleneck × 36".</summary>
    public string Heading => Title + " · " + Text + (Count == 1 ? "" : FormattableString.Invariant($" × {Count}"));
}
