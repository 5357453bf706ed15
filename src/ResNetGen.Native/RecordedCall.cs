namespace ResNetGen.Native;

/// <summary>What a <see cref="RecordedCall"/> is.</summary>
public enum CallKind
{
    /// <summary>An operation of torch, such as <c>aten::convolution</c>, or one of ours.</summary>
    Operation = 0,

    /// <summary>A function of autograd's backward pass, such as <c>ConvolutionBackward0</c>.</summary>
    Backward = 1,

    /// <summary>What the caller named by <see cref="OperationRecorder.Enter"/>, and the root, whose name is empty.</summary>
    Scope = 2,
}

/// <summary>All calls of one operation from one place: a node of a tree, whose parent stands before it in the list.</summary>
/// <param name="Parent">The index of what called it; −1 at the root.</param>
/// <param name="Name">The operation.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Layer">The layer that it belongs to, by its parameters or by what called it; null where none is known.</param>
/// <param name="Count">How often it was called.</param>
/// <param name="Self">Time that it spent itself, all calls together; what it called has its own.</param>
public sealed record RecordedCall(int Parent, string Name, CallKind Kind, string? Layer, long Count, TimeSpan Self);
