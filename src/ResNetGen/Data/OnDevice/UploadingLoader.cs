using ResNetGen.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Data;

/// <summary>
/// Copies batches to a device in a stream of their own, into two places in turn: while one batch is learned from, the next is on
/// its way. The processor waits only where it is two batches ahead of the device, which keeps it from running further.
/// </summary>
/// <param name="batches">What makes them, in page-locked memory so that the device copies by itself; disposed with this.</param>
/// <param name="device">Where they are needed.</param>
internal sealed class UploadingLoader(IBatchStream batches, Device device) : IBatchStream
{
    private readonly DeviceStream _copies = new(device);
    private readonly Place[] _places = [new(device), new(device)];
    private int _turn;

    /// <inheritdoc/>
    public Batch? Next(CancellationToken cancellation = default)
    {
        if (batches.Next(cancellation) is not { } batch)
        {
            return null;
        }

        Place place = _places[_turn];
        _turn = 1 - _turn;
        (Tensor images, Tensor labels) = place.Fill(batch, _copies);
        return new Batch(images, labels, batch.Epoch, batch.Iteration, batch.IsLastOfEpoch, place.Consumed.Record);
    }

    public void Dispose()
    {
        foreach (Place place in _places)
        {
            place.Dispose();
        }

        _copies.Dispose();
        batches.Dispose();
    }

    /// <summary>Room for one batch on the device.</summary>
    private sealed class Place(Device device) : IDisposable
    {
        private readonly DeviceEvent _copied = new(device);
        private Batch? _source;
        private Tensor? _images;
        private Tensor? _labels;

        /// <summary>Behind the work that reads what lies here.</summary>
        public DeviceEvent Consumed { get; } = new(device);

        /// <summary>Copies a batch here, behind whatever still reads the last one; this thread's current stream waits for it.</summary>
        public (Tensor Images, Tensor Labels) Fill(Batch batch, DeviceStream copies)
        {
            // The copy before has long been made, unless the device is behind by two batches.
            GiveBack();
            _source = batch;
            MakeRoom(batch);
            using (copies.Use())
            {
                Consumed.Block();
                _ = _images!.copy_(batch.Images, true);
                _ = _labels!.copy_(batch.Labels, true);
                _copied.Record();
            }

            _copied.Block();
            return (_images.alias().DetachFromDisposeScope(), _labels.alias().DetachFromDisposeScope());
        }

        public void Dispose()
        {
            GiveBack();
            Consumed.Wait();
            _images?.Dispose();
            _labels?.Dispose();
            _copied.Dispose();
            Consumed.Dispose();
        }

        private void GiveBack()
        {
            _copied.Wait();
            _source?.Dispose();
            _source = null;
        }

        private void MakeRoom(Batch batch)
        {
            if (_images is not null && _images.shape.SequenceEqual(batch.Images.shape))
            {
                return;
            }

            Consumed.Wait();
            _images?.Dispose();
            _labels?.Dispose();
            using IDisposable guard = no_grad();
            _images = empty_like(batch.Images, device: device).DetachFromDisposeScope();
            _labels = empty_like(batch.Labels, device: device).DetachFromDisposeScope();

            // The room may be memory that the current stream still reads: the copies come behind that.
            Consumed.Record();
        }
    }
}
