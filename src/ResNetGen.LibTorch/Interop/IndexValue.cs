using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>An index as it crosses to native code. The layout is RtIndex's in native/indexing.cpp.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct IndexValue(long kind, long start, long stop, long step, IntPtr tensor)
{
    internal const long IsNone = 0, IsEllipsis = 1, IsInteger = 2, IsBoolean = 3, IsSlice = 4, IsTensor = 5;
    internal const long NotGiven = long.MinValue;

    internal readonly long Kind = kind;
    internal readonly long Start = start;
    internal readonly long Stop = stop;
    internal readonly long Step = step;
    internal readonly IntPtr Tensor = tensor;

    internal IndexValue With(IntPtr tensor) => new(Kind, Start, Stop, Step, tensor);

    internal static IndexValue[] Of(torch.TensorIndex[] indices) => Array.ConvertAll(indices, index => index.Value);
}
