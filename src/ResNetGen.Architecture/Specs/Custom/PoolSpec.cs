namespace ResNetGen.Architecture;

/// <summary><c>[MaxPool]</c> or <c>[AvgPool]</c>.</summary>
/// <param name="Mean">Whether it takes the mean, and not the largest value.</param>
/// <param name="Kernel">Side of the window in pixels.</param>
public sealed record PoolSpec(bool Mean, int Kernel) : LayerSpec
{
    /// <summary>Stride in pixels; the side of the window unless written.</summary>
    public int? Stride { get; init; }

    /// <summary>Pixels on each side that do not count; unless written, (kernel − 1) / 2 where windows overlap, else 0.</summary>
    public int? Padding { get; init; }

    /// <inheritdoc/>
    public override string Attribute => Mean ? "AvgPool" : "MaxPool";

    internal int ResolvedStride => Stride ?? Kernel;

    internal int ResolvedPadding => Padding ?? (ResolvedStride < Kernel ? (Kernel - 1) / 2 : 0);
}
