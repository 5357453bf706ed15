
namespace TorchSharp;

public static partial class torch
{
    private static partial class ElementTypes
    {
        internal static object Boxed(Tensor one) => one.dtype switch
        {
            ScalarType.Bool => one.item<bool>(),
            ScalarType.Byte => one.item<byte>(),
            ScalarType.Int8 => one.item<sbyte>(),
            ScalarType.Int16 => one.item<short>(),
            ScalarType.Int32 => one.item<int>(),
            ScalarType.Int64 => one.item<long>(),
            ScalarType.Float16 => one.item<Half>(),
            ScalarType.Float32 => one.item<float>(),
            ScalarType.Float64 => one.item<double>(),
            _ => one.ToScalar(),
        };
    }
}
