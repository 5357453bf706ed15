using TorchSharp;

namespace ResNetGen.Native;

/// <summary>
/// Work on a CUDA device, recorded once and run again and again without the processor's part in it: a step of a small network is
/// otherwise thousands of calls, each of which costs more than its kernel. A replay reads and writes the memory that the recording
/// did: inputs are copied into the tensors it read, and results are found in the tensors it wrote.
/// </summary>
/// <remarks>
/// Nothing in the recorded work may be waited for, and nothing may be a number of the processor's that changes. Random numbers may be
/// drawn: torch's default generator is asked for its seed and offset at each replay, so that seeding it before a replay gives what
/// seeding it before the work would have given.
/// </remarks>
public sealed class CudaGraph : IDisposable
{
    private IntPtr _handle;

    private CudaGraph(IntPtr handle) => _handle = handle;

    /// <summary>Whether work can be recorded here: a CUDA device, and a native library that was built with CUDA's headers.</summary>
    public static bool IsAvailable => NativeMethods.IsAvailable && NativeMethods.rn_graph_available() == 1 && torch.cuda.is_available();

    /// <summary>
    /// Records what the work gives to this thread's current stream, which must be a <see cref="DeviceStream"/> of one's own. The work
    /// does not run; what it computes is there after the first <see cref="Replay"/>.
    /// </summary>
    /// <param name="work">The work; it must have run before, so that whatever is made once is there.</param>
    /// <exception cref="NotSupportedException">Nothing can be recorded here; see <see cref="IsAvailable"/>.</exception>
    /// <exception cref="System.Runtime.InteropServices.ExternalException">The work does something that cannot be recorded.</exception>
    public static CudaGraph Record(Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (!IsAvailable)
            throw new NotSupportedException("CUDA graphs need a CUDA device and ResNetGen's native library built with the CUDA toolkit's headers; run the work itself instead.");
        torch.cuda.synchronize();
        IntPtr handle = NativeMethods.rn_graph_begin();
        if (handle == IntPtr.Zero) throw NativeMethods.Error();
        CudaGraph graph = new(handle);
        bool whole = false;
        try
        {
            work();
            whole = true;
        }
        finally
        {
            // Also after a failure: the stream must not be left recording.
            bool ended = NativeMethods.rn_graph_end(handle) == 0;
            if (!whole || !ended) graph.Dispose();
            if (whole && !ended) throw NativeMethods.Error();
        }
        return graph;
    }

    /// <summary>Runs the work in this thread's current stream; does not wait for it.</summary>
    /// <exception cref="ObjectDisposedException">The graph was disposed.</exception>
    public void Replay()
    {
        ObjectDisposedException.ThrowIf(_handle == IntPtr.Zero, this);
        if (NativeMethods.rn_graph_replay(_handle) != 0) throw NativeMethods.Error();
    }

    /// <summary>Frees the graph and its memory; tensors that the recorded work made hold theirs until they are disposed.</summary>
    public void Dispose()
    {
        if (_handle == IntPtr.Zero) return;
        NativeMethods.rn_graph_free(_handle);
        _handle = IntPtr.Zero;
    }
}
