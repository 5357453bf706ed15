using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace ResNetGen.Native;

/// <summary>
/// Records the operations that torch runs on this thread, with the time of each and the layer that it belongs to; on the CPU
/// the backward pass runs on the thread that asks for it. Every moment counts once: the times of all calls together are the time that was recorded.
/// </summary>
/// <remarks>
/// Recording costs about a microsecond an operation, which small tensors feel. On CUDA operations only queue work: their
/// times here say nothing about the device.
/// </remarks>
public sealed class OperationRecorder : IDisposable
{
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _layers = [];
    private readonly (Tensor Parameter, string Layer)[] _parameters;
    private IntPtr _recording;

    private OperationRecorder(IEnumerable<(Tensor Parameter, string Layer)> parameters)
    {
        // Kept, so that no other tensor takes a parameter's place in memory meanwhile.
        _parameters = [.. parameters];
        _recording = NativeMethods.rn_profile_begin(
            [.. _parameters.Select(static each => each.Parameter.Handle)], [.. _parameters.Select(each => Number(each.Layer))], _parameters.Length);
        if (_recording == IntPtr.Zero) throw NativeMethods.Error();
    }

    /// <summary>Whether operations can be recorded here; false with the official TorchSharp packages, which have no way to ask.</summary>
    public static bool IsAvailable => NativeMethods.IsAvailable;

    /// <summary>Starts recording on this thread, until what is returned is disposed, on the same thread.</summary>
    /// <param name="parameters">Parameters with the names of their layers: an operation that takes one belongs to its layer.</param>
    /// <exception cref="NotSupportedException">ResNetGen's native library is not here; see <see cref="IsAvailable"/>.</exception>
    /// <exception cref="ExternalException">This thread is being recorded already.</exception>
    public static OperationRecorder Start(IEnumerable<(Tensor Parameter, string Layer)> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return IsAvailable
            ? new OperationRecorder(parameters)
            : throw new NotSupportedException("Recording operations needs ResNetGen's native library, which was not found; build with a libtorch (TorchProvider=LibTorch).");
    }

    /// <summary>Puts what follows under a name, until the matching <see cref="Leave"/>.</summary>
    /// <param name="name">The name.</param>
    /// <param name="layer">The layer that the operations belong to which have no parameter; null for that of what is around.</param>
    public void Enter(string name, string? layer = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        RequireOwnThread();
        if (NativeMethods.rn_profile_enter(_recording, name, layer is null ? -1 : Number(layer)) != 0) throw NativeMethods.Error();
    }

    /// <summary>Ends what the last <see cref="Enter"/> began.</summary>
    public void Leave()
    {
        RequireOwnThread();
        if (NativeMethods.rn_profile_leave(_recording) != 0) throw NativeMethods.Error();
    }

    /// <summary>The tree of calls so far; the first is the root, which has the time between the others.</summary>
    public IReadOnlyList<RecordedCall> Read()
    {
        RequireOwnThread();
        List<RecordedCall> calls = [];
        for (long i = 0; i < NativeMethods.rn_profile_count(_recording); i++)
        {
            IntPtr name = NativeMethods.rn_profile_call(_recording, i, out int parent, out int layer, out int kind, out long count, out long nanoseconds);
            calls.Add(new RecordedCall(
                parent, Marshal.PtrToStringUTF8(name)!, (CallKind)kind, layer < 0 ? null : _layers[layer], count, TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick)));
        }

        return calls;
    }

    /// <summary>Stops recording.</summary>
    /// <exception cref="InvalidOperationException">This is another thread than the one that started it.</exception>
    public void Dispose()
    {
        if (_recording == IntPtr.Zero) return;
        RequireOwnThread();
        IntPtr recording = _recording;
        _recording = IntPtr.Zero;
        if (NativeMethods.rn_profile_end(recording) != 0) throw NativeMethods.Error();
        GC.KeepAlive(_parameters);
    }

    private int Number(string layer)
    {
        if (!_numbers.TryGetValue(layer, out int number))
        {
            _numbers[layer] = number = _layers.Count;
            _layers.Add(layer);
        }

        return number;
    }

    private void RequireOwnThread()
    {
        ObjectDisposedException.ThrowIf(_recording == IntPtr.Zero, this);
        if (_thread != Environment.CurrentManagedThreadId)
            throw new InvalidOperationException("An OperationRecorder is used on the thread that started it.");
    }
}
