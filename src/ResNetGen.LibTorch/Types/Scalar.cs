using System.Numerics;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>A number as an operand. Managed memory only, so disposing is a courtesy to code written for the official package.</summary>
public sealed class Scalar : IDisposable
{
    internal ScalarValue Value { get; }

    internal Scalar(ScalarValue value) => Value = value;

    /// <summary>The widest type of the number's kind: Int64, Float64, Bool or ComplexFloat64.</summary>
    public ScalarType Type => Value.Kind switch
    {
        ScalarValue.Integer => ScalarType.Int64,
        ScalarValue.Float => ScalarType.Float64,
        ScalarValue.Boolean => ScalarType.Bool,
        _ => ScalarType.ComplexFloat64,
    };

    public void Dispose()
    {
    }

    public static implicit operator Scalar(byte value) => new(ScalarValue.Of((long)value));
    public static implicit operator Scalar(sbyte value) => new(ScalarValue.Of((long)value));
    public static implicit operator Scalar(short value) => new(ScalarValue.Of((long)value));
    public static implicit operator Scalar(int value) => new(ScalarValue.Of((long)value));
    public static implicit operator Scalar(long value) => new(ScalarValue.Of(value));
    public static implicit operator Scalar(Half value) => new(ScalarValue.Of((double)value));
    public static implicit operator Scalar(BFloat16 value) => new(ScalarValue.Of((double)value));
    public static implicit operator Scalar(float value) => new(ScalarValue.Of((double)value));
    public static implicit operator Scalar(double value) => new(ScalarValue.Of(value));
    public static implicit operator Scalar(bool value) => new(ScalarValue.Of(value));
    public static implicit operator Scalar((float, float) value) => new(ScalarValue.Of(new Complex(value.Item1, value.Item2)));
    public static implicit operator Scalar(Complex value) => new(ScalarValue.Of(value));
}

internal static class ScalarValueExtensions
{
    /// <summary>The value to send; a null reference is refused here, where the caller's name for it is known.</summary>
    internal static ScalarValue Required(this Scalar scalar, string name = "scalar")
        => scalar is null ? throw new ArgumentNullException(name) : scalar.Value;

    internal static ScalarValue OrNone(this Scalar? scalar) => scalar is null ? ScalarValue.None : scalar.Value;
}
