using ResNetGen.Architecture.Layers;
using static TorchSharp.torch;

namespace ResNetGen.Planning;

/// <summary>scale · x + shift, with numbers of each channel's own: batch normalisation with fixed statistics, and constant factors.</summary>
/// <param name="Path">The module.</param>
/// <param name="Scale">[C], 64 bits.</param>
/// <param name="Shift">[C], 64 bits.</param>
/// <param name="Input">What it takes.</param>
/// <param name="Output">What it gives.</param>
internal sealed record ScaleShift(string Path, Tensor Scale, Tensor Shift, Map Input, Map Output) : Activated(Path, Output)
{
    public override IReadOnlyList<Map> Inputs => [Input];
}

/// <summary>A function of each element.</summary>
/// <param name="Path">The module.</param>
/// <param name="Function">The function.</param>
/// <param name="Input">What it takes.</param>
/// <param name="Output">What it gives.</param>
internal sealed record Apply(string Path, Activation Function, Map Input, Map Output) : Operation(Path, Output)
{
    public override IReadOnlyList<Map> Inputs => [Input];
}

/// <summary>The sum of maps of one shape.</summary>
/// <param name="Path">Where they meet.</param>
/// <param name="Terms">The maps.</param>
/// <param name="Output">What it gives.</param>
internal sealed record Sum(string Path, IReadOnlyList<Map> Terms, Map Output) : Activated(Path, Output)
{
    public override IReadOnlyList<Map> Inputs => Terms;
}

/// <summary>The product of two maps, of which the second may have one element a channel only.</summary>
/// <param name="Path">The module.</param>
/// <param name="Input">A map.</param>
/// <param name="Factor">A map of the same shape, or [C, 1, 1].</param>
/// <param name="Output">What it gives.</param>
internal sealed record Product(string Path, Map Input, Map Factor, Map Output) : Adding(Path, Output)
{
    public override IReadOnlyList<Map> Inputs => Addend is null ? [Input, Factor] : [Input, Factor, Addend];
}
