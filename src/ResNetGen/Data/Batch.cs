using static TorchSharp.torch;

namespace ResNetGen.Data;

/// <summary>
/// One batch. Its tensors lie in memory that the loader uses again: dispose the batch once the backward pass is done (which
/// reads the input a second time), and not before.
/// </summary>
public sealed class Batch : IDisposable
{
    private readonly BatchLoader loader;
    private readonly BatchSlot slot;
    private readonly Tensor? imagesView;
    private readonly Tensor? labelsView;
    private bool disposed;

    internal Batch(BatchLoader loader, BatchSlot slot, int count, int epoch, int iteration, bool isLastOfEpoch)
    {
        this.loader = loader;
        this.slot = slot;
        Count = count;
        Epoch = epoch;
        Iteration = iteration;
        IsLastOfEpoch = isLastOfEpoch;
        if (count == slot.Capacity) return;
        imagesView = slot.Images.narrow(0, 0, count * slot.Views).DetachFromDisposeScope();
        labelsView = slot.Labels.narrow(0, 0, count).DetachFromDisposeScope();
    }

    /// <summary>The pictures: float32 on the CPU, N × C × H × W; with several views of each, all views of the first picture come first.</summary>
    public Tensor Images => Alive(imagesView ?? slot.Images);

    /// <summary>The labels: int64 on the CPU, N.</summary>
    public Tensor Labels => Alive(labelsView ?? slot.Labels);

    /// <summary>Number of pictures.</summary>
    public int Count { get; }

    /// <summary>The epoch, from 0.</summary>
    public int Epoch { get; }

    /// <summary>The iteration within the epoch, from 0.</summary>
    public int Iteration { get; }

    /// <summary>Whether the next batch belongs to another epoch.</summary>
    public bool IsLastOfEpoch { get; }

    /// <summary>Gives the memory back to the loader.</summary>
    public void Dispose()
    {
        if (disposed) return;
        disposed = true;
        imagesView?.Dispose();
        labelsView?.Dispose();
        loader.Return(slot);
    }

    private Tensor Alive(Tensor tensor)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        return tensor;
    }
}
