using ResNetGen.Architecture;

namespace ResNetGen.Planning;

/// <summary>A tensor of a plan: what one operation gives, and others take. Equal by identity.</summary>
/// <param name="shape">Its shape for one image.</param>
internal sealed class Map(Shape shape)
{
    /// <summary>Its shape for one image; a vector's is [C, 1, 1] to the operations.</summary>
    public Shape Shape { get; } = shape;
}
