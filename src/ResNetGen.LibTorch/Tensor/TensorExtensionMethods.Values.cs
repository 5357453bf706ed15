using System.Numerics;
using static TorchSharp.torch;

namespace TorchSharp;

public static partial class TensorExtensionMethods
{
    public static bool ToBoolean(this Tensor value) => Single<bool>(value, ScalarType.Bool);

    public static byte ToByte(this Tensor value) => Single<byte>(value, ScalarType.Byte);

    public static double ToDouble(this Tensor value) => Single<double>(value, ScalarType.Float64);

    public static Half ToHalf(this Tensor value) => Single<Half>(value, ScalarType.Float16);

    public static BFloat16 ToBFloat16(this Tensor value) => Single<BFloat16>(value, ScalarType.BFloat16);

    public static short ToInt16(this Tensor value) => Single<short>(value, ScalarType.Int16);

    public static int ToInt32(this Tensor value) => Single<int>(value, ScalarType.Int32);

    public static long ToInt64(this Tensor value) => Single<long>(value, ScalarType.Int64);

    public static sbyte ToSByte(this Tensor value) => Single<sbyte>(value, ScalarType.Int8);

    public static float ToSingle(this Tensor value) => Single<float>(value, ScalarType.Float32);

    public static (float Real, float Imaginary) ToComplexFloat32(this Tensor value) => Single<(float, float)>(value, ScalarType.ComplexFloat32);

    public static Complex ToComplexFloat64(this Tensor value) => Single<Complex>(value, ScalarType.ComplexFloat64);

    public static (float Real, float Imaginary) ToComplex32(this Tensor value) => value.ToComplexFloat32();

    public static Complex ToComplex64(this Tensor value) => value.ToComplexFloat64();

    // Unlike item<T>(), these convert.
    private static T Single<T>(Tensor value, ScalarType type)
        where T : unmanaged
    {
        if (value.dtype == type) return value.item<T>();
        using var converted = value.to_type(type);
        return converted.item<T>();
    }

    public static int ElementSize(this ScalarType type) => type switch
    {
        ScalarType.Byte or ScalarType.Int8 or ScalarType.Bool or ScalarType.QInt8 or ScalarType.QUInt8 => 1,
        ScalarType.Int16 or ScalarType.Float16 or ScalarType.BFloat16 => 2,
        ScalarType.Int32 or ScalarType.Float32 or ScalarType.QInt32 => 4,
        ScalarType.Int64 or ScalarType.Float64 or ScalarType.ComplexFloat32 => 8,
        ScalarType.ComplexFloat64 => 16,
        _ => throw new ArgumentException($"{type} is not an element type."),
    };

    public static long TotalSize(this IEnumerable<long> shape)
    {
        long total = 1;
        foreach (var extent in shape) total = checked(total * extent);
        return total;
    }

    public static ReadOnlySpan<int> IntShape(this Tensor tensor) => Array.ConvertAll(tensor.shape, extent => (int)extent);

    public static Tensor ToTensor<T>(this T[] rawArray, long[] dimensions, bool doCopy = false, bool requires_grad = false)
    {
        using var flat = from_array(rawArray);
        return flat.reshape(dimensions).requires_grad_(requires_grad);
    }

    public static Tensor ToTensor<T>(this T scalar, Device? device = null, bool requires_grad = false)
        where T : struct
    {
        using var one = from_array(new[] { scalar }, device);
        return one.reshape([]).requires_grad_(requires_grad);
    }
}
