namespace ResNetGen.Architecture.Layers;

/// <summary>
/// A tensor on its way through the network in training: what decides whether the next layer may overwrite it, and whether
/// its memory is held until the backward pass. The same walk tells the cost model and the emitter.
/// </summary>
/// <param name="shape">Its shape, for one image.</param>
/// <param name="elementBytes">Bytes an element: 4, or 2 for what comes of a product under autocast.</param>
internal sealed class Signal(Shape shape, int elementBytes = Signal.Float32)
{
    public const int Float32 = 4;

    public const int BFloat16 = 2;

    public Shape Shape { get; } = shape;

    public int ElementBytes { get; } = elementBytes;

    /// <summary>Whether some layer keeps its storage for the backward pass, so that nothing may overwrite it.</summary>
    public bool Held { get; set; }

    /// <summary>Whether somebody else reads it later: another branch, or the caller.</summary>
    public bool Shared { get; set; }

    /// <summary>
    /// Whether a backward pass may read it although the fused one does not: then its memory is free to go, but nothing may
    /// overwrite it, so that the same code runs where nothing is fused.
    /// </summary>
    public bool MayBeRead { get; set; }

    /// <summary>Whether the layer that takes it next is part of the operation that made it, and keeps nothing of its own.</summary>
    public bool IsInside { get; set; }

    /// <summary>Whether the next layer may work in place.</summary>
    public bool CanOverwrite => !Held && !Shared && !MayBeRead;

    /// <summary>A new tensor of another shape in the same type.</summary>
    public Signal Become(Shape shape) => new(shape, ElementBytes);

    /// <summary>The same storage under another shape, or as it is where a layer lets it through.</summary>
    public Signal View(Shape shape) => new(shape, ElementBytes) { Held = Held, Shared = Shared, MayBeRead = MayBeRead };
}
