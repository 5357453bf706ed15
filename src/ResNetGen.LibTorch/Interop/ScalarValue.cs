using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>A number as it crosses to native code: by value, without a handle. The layout is RtScalar's in native/shim.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct ScalarValue
{
    internal const int Integer = 0, Float = 1, Boolean = 2, Complex = 3, Absent = 4;

    internal readonly long I;
    internal readonly double D;
    internal readonly int Kind;

    private ScalarValue(long i, double d, int kind) => (I, D, Kind) = (i, d, kind);

    internal static ScalarValue One => new(1, 1, Integer);
    internal static ScalarValue None => new(0, 0, Absent);

    internal static ScalarValue Of(long value) => new(value, value, Integer);
    internal static ScalarValue Of(double value) => new((long)value, value, Float);
    internal static ScalarValue Of(bool value) => new(value ? 1 : 0, value ? 1 : 0, Boolean);
    internal static ScalarValue Of(System.Numerics.Complex value) => new(BitConverter.DoubleToInt64Bits(value.Imaginary), value.Real, Complex);

    internal double Imaginary => Kind == Complex ? BitConverter.Int64BitsToDouble(I) : 0;
}
