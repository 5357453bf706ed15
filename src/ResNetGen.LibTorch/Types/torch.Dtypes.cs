using static TorchSharp.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public static ScalarType @bool = ScalarType.Bool;
    public static ScalarType uint8 = ScalarType.Byte;
    public static ScalarType int8 = ScalarType.Int8;
    public static ScalarType int16 = ScalarType.Int16;
    public static ScalarType int32 = ScalarType.Int32;
    public static ScalarType int64 = ScalarType.Int64;
    public static ScalarType bfloat16 = ScalarType.BFloat16;
    public static ScalarType float16 = ScalarType.Float16;
    public static ScalarType float32 = ScalarType.Float32;
    public static ScalarType float64 = ScalarType.Float64;
    public static ScalarType complex64 = ScalarType.ComplexFloat32;
    public static ScalarType complex128 = ScalarType.ComplexFloat64;
    public static ScalarType @short = ScalarType.Int16;
    public static ScalarType @int = ScalarType.Int32;
    public static ScalarType @long = ScalarType.Int64;
    public static ScalarType half = ScalarType.Float16;
    public static ScalarType @float = ScalarType.Float32;
    public static ScalarType @double = ScalarType.Float64;
    public static ScalarType cfloat = ScalarType.ComplexFloat32;
    public static ScalarType cdouble = ScalarType.ComplexFloat64;
    public static ScalarType qint8 = ScalarType.QInt8;
    public static ScalarType quint8 = ScalarType.QUInt8;
    public static ScalarType qint32 = ScalarType.QInt32;

    public static ScalarType get_default_dtype()
    {
        Check(rt_get_default_dtype(out int dtype));
        return (ScalarType)dtype;
    }

    public static void set_default_dtype(ScalarType dtype) => Check(rt_set_default_dtype((int)dtype));

    public static int get_num_threads()
    {
        Check(rt_get_num_threads(out int count));
        return count;
    }

    public static void set_num_threads(int num) => Check(rt_set_num_threads(num));

    public static int get_num_interop_threads()
    {
        Check(rt_get_num_interop_threads(out int count));
        return count;
    }

    public static void set_num_interop_threads(int num) => Check(rt_set_num_interop_threads(num));
}
