using TorchSharp;

namespace ResNetGen.Native;

/// <summary>An operation of a <see cref="ProcessGroup"/> that goes on in the background. The tensor must not be read or written meanwhile.</summary>
public sealed class PendingWork : IDisposable
{
    private readonly torch.Tensor _tensor;
    private readonly WorkHandle _handle;

    internal PendingWork(WorkHandle handle, torch.Tensor tensor)
    {
        _handle = handle;
        _tensor = tensor;
    }

    /// <summary>Waits until the tensor holds the result. A second call returns at once.</summary>
    /// <exception cref="ProcessGroupException">A rank was lost, or did not come within the group's timeout.</exception>
    public void Wait()
    {
        ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
        if (NativeMethods.rn_work_wait(_handle) != 0) throw ProcessGroup.Error();
        GC.KeepAlive(_tensor);
    }

    /// <summary>Forgets the operation, which goes on to its end; the tensor's memory is kept until then.</summary>
    public void Dispose() => _handle.Dispose();
}
