namespace ResNetGen.Architecture.Layers;

/// <summary>A module of a class of its own: a block of a family, or a branch that the user declared.</summary>
/// <param name="Name">Its segment of state_dict keys; empty in a list of blocks, where the index is its name.</param>
/// <param name="ClassName">The class: instances of one class differ in numbers and in optional parts only.</param>
/// <param name="Body">What it is made of; its layers are the class's children.</param>
public sealed record Instance(string Name, string ClassName, Layer Body) : Composite(Name)
{
    /// <inheritdoc/>
    public override Shape Output(Shape input) => Body.Output(input);

    // A branch and a used network have names.
    internal override bool IsBlock => Name.Length == 0;

    internal override IEnumerable<Part> Parts(Shape input) => [new Part(Body, input)];

    internal override Signal Run(Signal input, SavedTally saved) => saved.Run(Body, input);
}
