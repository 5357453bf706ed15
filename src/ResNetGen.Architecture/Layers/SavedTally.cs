namespace ResNetGen.Architecture.Layers;

/// <summary>Adds up what autograd holds between forward and backward, each storage once.</summary>
/// <param name="precision">The arithmetic of the training step.</param>
internal sealed class SavedTally(TrainingPrecision precision = TrainingPrecision.Float32)
{
    public TrainingPrecision Precision { get; } = precision;

    /// <summary>Bytes for each image of the batch: activations, indices, masks.</summary>
    public long ImageBytes { get; set; }

    /// <summary>Bytes for the batch, however large: statistics of its normalisations, casts of weights.</summary>
    public long BatchBytes { get; set; }

    /// <summary>Says of which layers somebody wants the output beside the layers that follow: nothing may overwrite it.</summary>
    public Func<Layer, bool>? IsTapped { get; init; }

    /// <summary>Told of each layer that may write over what reaches it; the emitter asks.</summary>
    public Action<Layer>? WorksInPlace { get; init; }

    /// <summary>Keeps a tensor, unless its storage is kept already.</summary>
    public void Hold(Signal signal)
    {
        if (signal.Held)
            return;

        signal.Held = true;
        ImageBytes += signal.Shape.Elements * signal.ElementBytes;
    }

    /// <summary>Adds what another walk has found, a number of times.</summary>
    public void Add(SavedTally other, int times)
    {
        ImageBytes += other.ImageBytes * times;
        BatchBytes += other.BatchBytes * times;
    }
}
