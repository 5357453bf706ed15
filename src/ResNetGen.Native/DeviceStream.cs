using TorchSharp;

namespace ResNetGen.Native;

/// <summary>
/// A queue of work on a device beside the one that everything goes to otherwise: what lies in different queues may run at the same
/// time. On the CPU, where each operation is done when its call returns, it is a queue in name only.
/// </summary>
public sealed class DeviceStream : IDisposable
{
    private IntPtr _handle;

    /// <summary>Takes one of torch's streams.</summary>
    /// <param name="device">The device.</param>
    /// <exception cref="NotSupportedException">ResNetGen's native library is not here; see <see cref="IsAvailable"/>.</exception>
    public DeviceStream(torch.Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        RequireAvailable();
        _handle = NativeMethods.rn_stream_new((int)device.type, device.index);
        if (_handle == IntPtr.Zero) throw NativeMethods.Error();
    }

    /// <summary>Whether there are streams here; false with the official TorchSharp packages, which have no way to name one.</summary>
    public static bool IsAvailable => NativeMethods.IsAvailable;

    /// <summary>Makes it this thread's current stream until what is returned is disposed, on the same thread.</summary>
    /// <exception cref="ObjectDisposedException">The stream was disposed.</exception>
    public IDisposable Use()
    {
        ObjectDisposedException.ThrowIf(_handle == IntPtr.Zero, this);
        IntPtr before = NativeMethods.rn_stream_enter(_handle);
        return before == IntPtr.Zero ? throw NativeMethods.Error() : new Region(before);
    }

    /// <summary>Gives the stream back; work in it goes on.</summary>
    public void Dispose()
    {
        if (_handle == IntPtr.Zero) return;
        NativeMethods.rn_stream_free(_handle);
        _handle = IntPtr.Zero;
    }

    internal static void RequireAvailable()
    {
        if (!IsAvailable)
            throw new NotSupportedException("Streams need ResNetGen's native library, which was not found; build with a libtorch (TorchProvider=LibTorch).");
    }

    private sealed class Region(IntPtr before) : IDisposable
    {
        private IntPtr _before = before;

        public void Dispose()
        {
            if (_before == IntPtr.Zero) return;
            int result = NativeMethods.rn_stream_leave(_before);
            _before = IntPtr.Zero;
            if (result != 0) throw NativeMethods.Error();
        }
    }
}
