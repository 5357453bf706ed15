using System.Numerics;

namespace TorchSharp;

public static class ScalarExtensionMethods
{
    public static Scalar ToScalar(this byte value) => value;

    public static Scalar ToScalar(this sbyte value) => value;

    public static Scalar ToScalar(this short value) => value;

    public static Scalar ToScalar(this int value) => value;

    public static Scalar ToScalar(this long value) => value;

    public static Scalar ToScalar(this float value) => value;

    public static Scalar ToScalar(this double value) => value;

    public static Scalar ToScalar(this (float, float) value) => value;

    public static Scalar ToScalar(this Complex value) => value;

    public static Scalar ToScalar(this bool value) => value;

    public static Scalar ToScalar(this Half value) => value;

    public static Scalar ToScalar(this BFloat16 value) => value;

    public static Scalar ToBFloat16Scalar(this float value) => new BFloat16(value);

    public static bool ToBoolean(this Scalar value)
        => value.Value.Kind == ScalarValue.Complex ? value.ToComplexFloat64() != Complex.Zero : Real(value) != 0;

    public static byte ToByte(this Scalar value) => checked((byte)Whole(value));

    public static sbyte ToSByte(this Scalar value) => checked((sbyte)Whole(value));

    public static short ToInt16(this Scalar value) => checked((short)Whole(value));

    public static int ToInt32(this Scalar value) => checked((int)Whole(value));

    public static long ToInt64(this Scalar value) => Whole(value);

    public static float ToSingle(this Scalar value) => (float)Real(value);

    public static double ToDouble(this Scalar value) => Real(value);

    public static Half ToHalf(this Scalar value) => (Half)Real(value);

    public static BFloat16 ToBFloat16(this Scalar value) => new((float)Real(value));

    public static (float Real, float Imaginary) ToComplexFloat32(this Scalar value)
    {
        var number = value.ToComplexFloat64();
        return ((float)number.Real, (float)number.Imaginary);
    }

    public static Complex ToComplexFloat64(this Scalar value) => new(Real(value, imaginaryAllowed: true), value.Value.Imaginary);

    private static long Whole(Scalar value)
        => value.Value.Kind is ScalarValue.Integer or ScalarValue.Boolean ? value.Value.I : checked((long)Real(value));

    private static double Real(Scalar value, bool imaginaryAllowed = false)
    {
        var number = value.Value;
        if (number.Kind == ScalarValue.Integer) return number.I;
        return imaginaryAllowed || number.Imaginary == 0
            ? number.D
            : throw new InvalidOperationException($"A real number was expected, got {number.D} + {number.Imaginary}i.");
    }
}
