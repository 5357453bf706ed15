using ResNetGen.Native;
using static TorchSharp.torch;

namespace ResNetGen.Training;

/// <summary>
/// A run's own stream on a GPU, in which all of it happens until this is disposed, on the same thread: the default one cannot be
/// recorded. What was queued before is done first, and what comes after waits.
/// </summary>
internal sealed class RunStream : IDisposable
{
    private readonly DeviceStream _stream;
    private readonly DeviceEvent _turn;
    private readonly IDisposable _region;

    public RunStream(Device device)
    {
        _stream = new DeviceStream(device);
        _turn = new DeviceEvent(device);
        _turn.Record();
        _region = _stream.Use();
        _turn.Block();
    }

    public void Dispose()
    {
        _turn.Record();
        _region.Dispose();
        _turn.Block();
        _turn.Dispose();
        _stream.Dispose();
    }
}
