using System.Runtime.InteropServices;
using ResNetGen.Architecture;
using static TorchSharp.torch;

namespace ResNetGen.Data;

/// <summary>Memory for one batch: tensors that are filled in place, so that nothing is copied on the way to the network.</summary>
internal sealed class BatchSlot : IDisposable
{
    private readonly Tensor storage;

    public BatchSlot(int capacity, int views, Shape shape, bool channelsLast, bool pinned = false)
    {
        Capacity = capacity;
        Views = views;
        storage = Place(channelsLast
            ? empty(capacity * views, shape.Height, shape.Width, shape.Channels, dtype: ScalarType.Float32)
            : empty(capacity * views, shape.Channels, shape.Height, shape.Width, dtype: ScalarType.Float32), pinned);
        // The scope of whoever asked for the loader must not end the life of its buffers.
        Images = (channelsLast ? storage.permute(0, 3, 1, 2) : storage.alias()).DetachFromDisposeScope();
        Labels = Place(empty(capacity, dtype: ScalarType.Int64), pinned);
    }

    public int Capacity { get; }

    public int Views { get; }

    public Tensor Images { get; }

    public Tensor Labels { get; }

    public Span<float> ImageValues => MemoryMarshal.Cast<byte, float>(storage.bytes);

    public Span<long> LabelValues => MemoryMarshal.Cast<byte, long>(Labels.bytes);

    public void Dispose()
    {
        Images.Dispose();
        Labels.Dispose();
        storage.Dispose();
    }

    private static Tensor Place(Tensor made, bool pinned)
    {
        if (!pinned)
        {
            return made.DetachFromDisposeScope();
        }

        using (made) return made.pin_memory().DetachFromDisposeScope();
    }
}
