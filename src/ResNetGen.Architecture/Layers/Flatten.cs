namespace ResNetGen.Architecture.Layers;

/// <summary>A feature map as a vector: channels, then rows, then columns.</summary>
/// <param name="Name">Its name; it has no state.</param>
public sealed record Flatten(string Name) : Leaf(Name)
{
    /// <inheritdoc/>
    public override string Summary => "flatten";

    internal override bool IsElementwise => true;

    internal override bool IsView => true;

    internal override ReceptiveField? Reach => null;

    /// <inheritdoc/>
    public override Shape Output(Shape input) => Shape.Vector((int)input.Elements);
}
