using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    private static Tensor FromList<T>(IList<T> values, ReadOnlySpan<long> dimensions, ScalarType? dtype, Device? device, bool requiresGrad, string[]? names)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(values);
        return FromSpan<T>(values as T[] ?? values.ToArray(), dimensions, dtype, device, requiresGrad, names);
    }

    // Arrays of several dimensions lie row by row, as tensors do.
    private static Tensor FromBlock<T>(Array values, ReadOnlySpan<long> dimensions, ScalarType? dtype, Device? device, bool requiresGrad, string[]? names)
        where T : unmanaged
        => FromSpan(MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(values)), values.Length),
            dimensions, dtype, device, requiresGrad, names);

    private static unsafe Tensor FromSpan<T>(ReadOnlySpan<T> values, ReadOnlySpan<long> dimensions, ScalarType? dtype, Device? device, bool requiresGrad, string[]? names)
        where T : unmanaged
    {
        long count = 1;
        foreach (var extent in dimensions) count = checked(count * extent);
        if (count != values.Length)
        {
            throw new ArgumentException(
                $"mismatched total size creating a tensor from an array: {values.Length} elements do not fill [{string.Join(", ", dimensions.ToArray())}].");
        }

        var options = Options.Of(dtype, device, requiresGrad);
        fixed (T* data = values)
        {
            return rt_from_memory((IntPtr)data, values.Length * (long)sizeof(T), dimensions, dimensions.Length, (int)ElementTypes.Of<T>(),
                options.Type, options.DeviceType, options.DeviceIndex, options.RequiresGrad).WithNames(names);
        }
    }

    public static Tensor from_array(Array rawArray, Device? device = null) => from_array(rawArray, null, device);

    public static Tensor from_array(Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        ArgumentNullException.ThrowIfNull(rawArray);
        var dimensions = new long[rawArray.Rank];
        for (var i = 0; i < dimensions.Length; i++) dimensions[i] = rawArray.GetLongLength(i);
        return ElementTypes.FromArray(rawArray, dimensions, dtype, device, requires_grad, names);
    }

    /// <summary>A copy of count elements from offset on; the array may change or move afterwards.</summary>
    public static Tensor frombuffer(Array rawArray, ScalarType dtype, long count = -1, long offset = 0, bool requires_grad = false)
    {
        ArgumentNullException.ThrowIfNull(rawArray);
        if (count < 0) count = rawArray.LongLength - offset;
        if (offset < 0 || offset + count > rawArray.LongLength)
            throw new ArgumentException($"{count} elements from {offset} on do not lie within the array's {rawArray.LongLength}.");
        using var whole = from_array(rawArray, dtype);
        using var flat = whole.flatten();
        return flat.narrow(0, offset, count).clone().requires_grad_(requires_grad);
    }

    private static partial class ElementTypes
    {
        internal static ScalarType Of<T>()
            where T : unmanaged
            => TryOf(typeof(T)) ?? throw new ArgumentException($"{typeof(T).Name} is not an element type of tensors.");

        internal static ScalarType? TryOf(Type type)
        {
            if (type == typeof(float)) return ScalarType.Float32;
            if (type == typeof(double)) return ScalarType.Float64;
            if (type == typeof(long)) return ScalarType.Int64;
            if (type == typeof(int)) return ScalarType.Int32;
            if (type == typeof(short)) return ScalarType.Int16;
            if (type == typeof(sbyte)) return ScalarType.Int8;
            if (type == typeof(byte)) return ScalarType.Byte;
            if (type == typeof(bool)) return ScalarType.Bool;
            if (type == typeof(Half)) return ScalarType.Float16;
            if (type == typeof(BFloat16)) return ScalarType.BFloat16;
            if (type == typeof((float, float))) return ScalarType.ComplexFloat32;
            if (type == typeof(Complex)) return ScalarType.ComplexFloat64;
            return null;
        }

        internal static Tensor FromArray(Array values, long[] dimensions, ScalarType? dtype, Device? device, bool requiresGrad, string[]? names)
            => TryOf(values.GetType().GetElementType()!) switch
            {
                ScalarType.Float32 => FromBlock<float>(values, dimensions, dtype, device, requiresGrad, names),
                ScalarType.Float64 => FromBlock<double>(values, dimensions, dtype, device, requiresGrad, names),
                ScalarType.Int64 => FromBlock<long>(values, dimensions, dtype, device, requiresGrad, names),
                ScalarType.Int32 => FromBlock<int>(values, dimensions, dtype, device, requiresGrad, names),
                ScalarType.Int16 => FromBlock<short>(values, dimensions, dtype, device, requiresGrad, names),
                ScalarType.Int8 => FromBlock<sbyte>(values, dimensions, dtype, device, requiresGrad, names),
                ScalarType.Byte => FromBlock<byte>(values, dimensions, dtype, device, requiresGrad, names),
                ScalarType.Bool => FromBlock<bool>(values, dimensions, dtype, device, requiresGrad, names),
                ScalarType.BFloat16 => FromBlock<BFloat16>(values, dimensions, dtype, device, requiresGrad, names),
                ScalarType.Float16 => FromBlock<Half>(values, dimensions, dtype, device, requiresGrad, names),
                ScalarType.ComplexFloat32 => FromBlock<(float, float)>(values, dimensions, dtype, device, requiresGrad, names),
                ScalarType.ComplexFloat64 => FromBlock<Complex>(values, dimensions, dtype, device, requiresGrad, names),
                _ => throw new ArgumentException($"An array of {values.GetType().GetElementType()!.Name} cannot become a tensor."),
            };
    }
}
