namespace ResNetGen.Architecture.Layers;

/// <summary>Adds up what autograd holds between forward and backward, each storage once.</summary>
/// <param name="precision">The arithmetic of the training step.</param>
internal sealed class SavedTally(TrainingPrecision precision = TrainingPrecision.Float32)
{
    public TrainingPrecision Precision { get; } = precision;

    /// <summary>Bytes for each image of the batch: activations, indices, masks.</summary>
    public long ImageBytes { get; set; }

    /// <summary>Bytes for the batch, however large: statistics of its normalisations, casts of linear layers' weights.</summary>
    public long BatchBytes { get; set; }

    /// <summary>Whether a mean over all pixels keeps its map, as in libtorch 1.13; 2.x keeps only its size.</summary>
    public bool MeansKeepMaps { get; init; } = true;

    /// <summary>Which copy of a repeated block is followed, from 0: drop path has another rate in each.</summary>
    public int Copy { get; init; }

    /// <summary>Says of which layers somebody wants the output beside the layers that follow: nothing may overwrite it.</summary>
    public Func<Layer, bool>? IsTapped { get; init; }

    /// <summary>Told of each layer that may write over what reaches it; the emitter asks.</summary>
    public Action<Layer>? WorksInPlace { get; init; }

    /// <summary>What is computed a second time instead of being kept.</summary>
    public Recompute Recompute { get; init; }

    /// <summary>Keeps a tensor, unless its storage is kept already.</summary>
    public void Hold(Signal signal)
    {
        if (signal.Held)
            return;

        signal.Held = true;
        ImageBytes = checked(ImageBytes + (signal.Shape.Elements * signal.ElementBytes));
    }

    /// <summary>What each layer added, in the order in which they began; null where nobody asks. Joined layers stand as one.</summary>
    public List<SavedBytes>? Log { get; init; }

    /// <summary>Follows a tensor through a layer, and notes what it added.</summary>
    public Signal Run(Layer layer, Signal input)
    {
        if (Log is null)
            return Follow(layer, input);

        int place = Log.Count;
        SavedBytes before = Sum;
        Log.Add(default);
        Signal output = Follow(layer, input);
        Log[place] = Sum - before;
        // A leaf may be made of layers that nobody sees.
        if (layer is Leaf)
            Log.RemoveRange(place + 1, Log.Count - place - 1);

        return output;
    }

    // A block that runs again keeps what reaches it and nothing else. The layer after it may overwrite what it might after any block.
    private Signal Follow(Layer layer, Signal input)
    {
        if (Recompute != Recompute.Block || !layer.IsBlock)
            return layer.Run(input, this);

        Hold(input);
        var inside = new SavedTally(Precision) { MeansKeepMaps = MeansKeepMaps, Copy = Copy, Log = Log is null ? null : [] };
        Signal within = layer.Run(input.View(input.Shape), inside);
        Log?.AddRange(Enumerable.Repeat(default(SavedBytes), inside.Log!.Count));
        return new Signal(within.Shape, within.ElementBytes) { MayBeRead = within.Held || within.MayBeRead };
    }

    /// <summary>An empty tally that counts in the same way, for a later copy of a repeated block.</summary>
    public SavedTally OfLaterCopy() => new(Precision) { MeansKeepMaps = MeansKeepMaps, Recompute = Recompute, Copy = 1 };

    /// <summary>All so far.</summary>
    public SavedBytes Sum => new(ImageBytes, BatchBytes);

    /// <summary>Adds what another walk has found, a number of times.</summary>
    public void Add(SavedTally other, int times)
    {
        ImageBytes = checked(ImageBytes + (other.ImageBytes * times));
        BatchBytes = checked(BatchBytes + (other.BatchBytes * times));
    }
}
