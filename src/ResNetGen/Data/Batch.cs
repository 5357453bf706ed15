using static TorchSharp.torch;

namespace ResNetGen.Data;

/// <summary>
/// One batch. Its tensors may lie in memory that the loader uses again: dispose the batch once the backward pass is done (which
/// reads the input a second time), and not before.
/// </summary>
public sealed class Batch : IDisposable
{
    private readonly Tensor images;
    private readonly Tensor labels;
    private readonly bool ownsTensors;
    private readonly Action? release;
    private bool disposed;

    internal Batch(BatchLoader loader, BatchSlot slot, int count, int epoch, int iteration, bool isLastOfEpoch)
    {
        (Count, Epoch, Iteration, IsLastOfEpoch) = (count, epoch, iteration, isLastOfEpoch);
        release = () => loader.Return(slot);
        ownsTensors = count != slot.Capacity;
        images = ownsTensors ? slot.Images.narrow(0, 0, count * slot.Views).DetachFromDisposeScope() : slot.Images;
        labels = ownsTensors ? slot.Labels.narrow(0, 0, count).DetachFromDisposeScope() : slot.Labels;
    }

    /// <summary>A batch that is not a loader's buffer.</summary>
    /// <param name="images">[N, C, H, W]; disposed with the batch.</param>
    /// <param name="labels">[N]; disposed with the batch.</param>
    /// <param name="epoch">The epoch.</param>
    /// <param name="iteration">The iteration within it.</param>
    /// <param name="isLastOfEpoch">Whether the next one belongs to another epoch.</param>
    /// <param name="release">What else is to be done when it is disposed.</param>
    internal Batch(Tensor images, Tensor labels, int epoch, int iteration, bool isLastOfEpoch, Action? release = null)
    {
        (Count, Epoch, Iteration, IsLastOfEpoch) = (checked((int)labels.size(0)), epoch, iteration, isLastOfEpoch);
        this.release = release;
        ownsTensors = true;
        this.images = images;
        this.labels = labels;
    }

    /// <summary>
    /// The pictures: float32, N × C × H × W; with several views of each, all views of the first picture come first. On the CPU, unless
    /// the batch was made for a device.
    /// </summary>
    public Tensor Images => Alive(images);

    /// <summary>The labels: int64, N, where the pictures are.</summary>
    public Tensor Labels => Alive(labels);

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
        if (ownsTensors)
        {
            images.Dispose();
            labels.Dispose();
        }

        release?.Invoke();
    }

    private Tensor Alive(Tensor tensor)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        return tensor;
    }
}
