using TorchSharp;

namespace ResNetGen.Native;

/// <summary>
/// Counts, to the byte, the memory of the tensors that are made on this thread and still alive: those in hand, and those
/// that autograd keeps for the backward pass. Views and in-place operations make no memory and count nothing.
/// </summary>
/// <remarks>
/// What torch allocates itself counts: a tensor of 3 floats is 12 bytes on the CPU, while
/// CUDA's allocator hands out whole blocks of 512. Scratch memory of oneDNN and cuDNN does not count. Tensors that were
/// made before the start do not count, nor does their end. Tensors must be disposed on this thread: one that the garbage
/// collector frees stays counted. While a meter runs, torch's own profiler cannot run on the thread.
/// </remarks>
public sealed class MemoryMeter : IDisposable
{
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private IntPtr _meter;

    private MemoryMeter(IntPtr meter) => _meter = meter;

    /// <summary>Whether memory can be counted here; false with the official TorchSharp packages, which have no way to ask.</summary>
    public static bool IsAvailable => NativeMethods.IsAvailable;

    /// <summary>Starts counting on this thread, until what is returned is disposed, on the same thread.</summary>
    /// <exception cref="NotSupportedException">ResNetGen's native library is not here; see <see cref="IsAvailable"/>.</exception>
    public static MemoryMeter Start()
    {
        if (!IsAvailable)
            throw new NotSupportedException("Counting tensors' memory needs ResNetGen's native library, which was not found; build with a libtorch (TorchProvider=LibTorch).");

        IntPtr meter = NativeMethods.rn_memory_meter_begin();
        return meter == IntPtr.Zero ? throw NativeMethods.Error() : new MemoryMeter(meter);
    }

    /// <summary>Bytes in the processor's memory that were taken since the start and not given back.</summary>
    public long HeldBytes => Held(DeviceType.CPU);

    /// <summary>Bytes that were taken since the start and not given back.</summary>
    /// <param name="device">The CPU, or CUDA for all accelerators together.</param>
    /// <exception cref="ObjectDisposedException">The meter has been disposed.</exception>
    public long Held(DeviceType device)
    {
        ObjectDisposedException.ThrowIf(_meter == IntPtr.Zero, this);
        return NativeMethods.rn_memory_meter_held(_meter, device == DeviceType.CPU ? 1 : 0);
    }

    /// <summary>Stops counting. Of several meters on a thread the last one started stops first.</summary>
    /// <exception cref="InvalidOperationException">This is another thread than the one that started it.</exception>
    public void Dispose()
    {
        if (_meter == IntPtr.Zero)
            return;
        if (_thread != Environment.CurrentManagedThreadId)
            throw new InvalidOperationException("A MemoryMeter is disposed on the thread that started it.");

        NativeMethods.rn_memory_meter_end(_meter);
        _meter = IntPtr.Zero;
    }
}
