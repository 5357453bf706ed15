namespace ResNetGen.Architecture.Layers;

/// <summary>
/// A tensor on its way through the network in training: what decides whether the next layer may overwrite it, and whether
/// its memory is held until the backward pass. The same walk tells the cost model and the emitter.
/// </summary>
/// <param name="shape">Its shape, for one image.</param>
internal sealed class Signal(Shape shape)
{
    public Shape Shape { get; } = shape;

    /// <summary>Whether some layer keeps its storage for the backward pass, so that nothing may overwrite it.</summary>
    public bool Held { get; set; }

    /// <summary>Whether somebody else reads it later: another branch, or the caller.</summary>
    public bool Shared { get; set; }

    /// <summary>Whether the next layer may work in place.</summary>
    public bool CanOverwrite => !Held && !Shared;
}

/// <summary>Adds up what autograd holds for one image between forward and backward, each storage once.</summary>
internal sealed class SavedTally
{
    /// <summary>Elements of activations, in the precision of the network.</summary>
    public long Elements { get; set; }

    /// <summary>Bytes whose width no precision changes: the 64-bit indices of max pooling, the masks of dropout.</summary>
    public long FixedBytes { get; set; }

    /// <summary>Keeps a tensor, unless its storage is kept already.</summary>
    public void Hold(Signal signal)
    {
        if (signal.Held)
            return;

        signal.Held = true;
        Elements += signal.Shape.Elements;
    }
}
