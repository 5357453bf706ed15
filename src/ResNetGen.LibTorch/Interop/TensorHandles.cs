using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>The handles of a list of tensors for one native call; <see cref="Dispose"/> after the call keeps the tensors alive until then.</summary>
internal readonly ref struct TensorHandles
{
    private readonly object? _owner;
    private readonly IntPtr[] _handles;

    private TensorHandles(object? owner, IntPtr[] handles) => (_owner, _handles) = (owner, handles);

    internal ReadOnlySpan<IntPtr> Span => _handles;

    internal int Length => _handles.Length;

    internal static TensorHandles Of(IList<Tensor>? tensors)
    {
        if (tensors is null) return new TensorHandles(null, []);
        // A copy, because a list may change while native code runs and would then keep nothing alive.
        var copy = new Tensor[tensors.Count];
        tensors.CopyTo(copy, 0);
        return OfOwned(copy);
    }

    internal static TensorHandles Of(ReadOnlySpan<Tensor> tensors) => OfOwned(tensors.ToArray());

    /// <summary>Null entries become null handles (no index in that dimension, no gradient given).</summary>
    internal static TensorHandles OfOptional(Tensor?[] tensors)
    {
        var handles = new IntPtr[tensors.Length];
        for (var i = 0; i < handles.Length; i++) handles[i] = tensors[i] is { } tensor ? tensor.Checked : IntPtr.Zero;
        return new TensorHandles(tensors, handles);
    }

    private static TensorHandles OfOwned(Tensor[] tensors)
    {
        var handles = new IntPtr[tensors.Length];
        for (var i = 0; i < handles.Length; i++)
            handles[i] = (tensors[i] ?? throw new ArgumentNullException(nameof(tensors), $"Tensor {i} of the list is null.")).Checked;
        return new TensorHandles(tensors, handles);
    }

    public void Dispose() => GC.KeepAlive(_owner);
}
