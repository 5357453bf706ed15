using TorchSharp;

namespace ResNetGen.Native;

/// <summary>A point in a stream's work, for which another stream, or the processor, can wait.</summary>
public sealed class DeviceEvent : IDisposable
{
    private IntPtr _handle;

    /// <summary>Makes an event that is not recorded yet: nobody waits for it.</summary>
    /// <param name="device">The device.</param>
    /// <exception cref="NotSupportedException">ResNetGen's native library is not here; see <see cref="DeviceStream.IsAvailable"/>.</exception>
    public DeviceEvent(torch.Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        DeviceStream.RequireAvailable();
        _handle = NativeMethods.rn_event_new((int)device.type, device.index);
        if (_handle == IntPtr.Zero) throw NativeMethods.Error();
    }

    /// <summary>Puts the point after all that this thread's current stream has been given.</summary>
    public void Record() => Check(NativeMethods.rn_event_record(Alive()));

    /// <summary>Lets what this thread's current stream is given from now on wait for the point; the thread goes on.</summary>
    public void Block() => Check(NativeMethods.rn_event_block(Alive()));

    /// <summary>Waits until the point is reached.</summary>
    public void Wait() => Check(NativeMethods.rn_event_wait(Alive()));

    /// <summary>Frees the event.</summary>
    public void Dispose()
    {
        if (_handle == IntPtr.Zero) return;
        NativeMethods.rn_event_free(_handle);
        _handle = IntPtr.Zero;
    }

    private IntPtr Alive()
    {
        ObjectDisposedException.ThrowIf(_handle == IntPtr.Zero, this);
        return _handle;
    }

    private static void Check(int result)
    {
        if (result != 0) throw NativeMethods.Error();
    }
}
