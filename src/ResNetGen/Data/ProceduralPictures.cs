namespace ResNetGen.Data;

/// <summary>The built-in set of pictures: shapes and textures drawn from a seed, for machines without a network.</summary>
internal static class ProceduralPictures
{
    internal static IReadOnlyList<string> ClassNames { get; } =
        ["disc", "ring", "square", "triangle", "cross", "star", "stripes", "checks", "dots", "waves"];
}
