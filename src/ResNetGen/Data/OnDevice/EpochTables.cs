using ResNetGen.Architecture;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Data;

/// <summary>
/// What the random numbers of an epoch decide, as tensors on the device: one small copy an epoch, drawn while the epoch before is
/// being learned.
/// </summary>
internal sealed class EpochTables(DevicePictures pictures, BatchLoaderOptions options) : IDisposable
{
    private Tensor? _table;
    private int _epoch = -1;
    private Task<long[]>? _coming;
    private int _comingEpoch;

    /// <summary>A few pictures of an epoch.</summary>
    /// <param name="Pictures">Which: [N], int64.</param>
    /// <param name="Corners">Where the upper left corner lies in the padded picture, counted along its rows: [N], int64.</param>
    /// <param name="Mirrors">1 where left and right are swapped: [N], int64.</param>
    internal readonly record struct Part(Tensor Pictures, Tensor Corners, Tensor Mirrors) : IDisposable
    {
        public void Dispose()
        {
            Pictures.Dispose();
            Corners.Dispose();
            Mirrors.Dispose();
        }
    }

    /// <summary>The pictures at some positions of an epoch; of a single run they are views that the next epoch ends.</summary>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="runs">Runs of positions, one after the other.</param>
    public Part Take(int epoch, IEnumerable<(long First, int Count)> runs)
    {
        if (epoch != _epoch)
        {
            long[] values = _coming is not null && _comingEpoch == epoch ? _coming.GetAwaiter().GetResult() : Draw(epoch);
            _table?.Dispose();
            using DisposeScope scope = NewDisposeScope();
            Tensor table = tensor(values).reshape(3, pictures.Source.Count);
            _table = table.to(pictures.Device).DetachFromDisposeScope();
            _epoch = epoch;
            _comingEpoch = epoch + 1;
            _coming = Task.Run(() => Draw(epoch + 1));
        }

        Tensor[] parts = [.. runs.Select(run => _table!.narrow(1, run.First, run.Count))];
        using Tensor part = parts.Length == 1 ? parts[0].alias() : cat(parts, 1);
        foreach (Tensor one in parts) one.Dispose();
        return new Part(part.select(0, 0), part.select(0, 1), part.select(0, 2));
    }

    // Nothing to be waited for: what is being drawn lives in ordinary memory.
    public void Dispose() => _table?.Dispose();

    /// <summary>Three rows, one number a position: picture, corner, mirror.</summary>
    private long[] Draw(int epoch)
    {
        Shape shape = pictures.Source.Shape;
        (int count, int padding, int row) = (pictures.Source.Count, pictures.Padding, shape.Width + (2 * pictures.Padding));
        PictureSize size = new(shape.Width, shape.Height);
        int[] order = EpochOrder.Create(count, options.Seed, epoch, options.Shuffle);
        long[] values = new long[3 * count];
        for (int position = 0; position < count; position++)
        {
            PictureDraw draw = new(options.Seed, epoch, position);
            PictureView view = options.Augmentation.Geometry.Place(size, size, draw);
            values[position] = order[position];
            values[count + position] = ((long)(view.Window.Top + padding) * row) + view.Window.Left + padding;
            values[(2 * count) + position] = view.Mirror ^ options.Augmentation.Mirrors(draw) ? 1 : 0;
        }

        return values;
    }
}
