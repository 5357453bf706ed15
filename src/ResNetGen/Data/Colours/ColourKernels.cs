using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ResNetGen.Data;

/// <summary>The inner loops over colours.</summary>
internal static class ColourKernels
{
    /// <summary>The mean of a plane.</summary>
    public static double Mean(ReadOnlySpan<byte> plane)
    {
        long sum = 0;
        foreach (byte value in plane) sum += value;
        return (double)sum / plane.Length;
    }

    /// <summary>One channel of what a colour transform gives. Products and sums stay apart, so every machine rounds alike.</summary>
    public static void Apply(ReadOnlySpan<byte> red, ReadOnlySpan<byte> green, ReadOnlySpan<byte> blue, ColourRow row, Span<float> output)
    {
        int n = output.Length;
        if (red.Length < n || green.Length < n || blue.Length < n) throw new ArgumentException($"{n} values take as many of each colour.");
        ref byte r = ref MemoryMarshal.GetReference(red);
        ref byte g = ref MemoryMarshal.GetReference(green);
        ref byte b = ref MemoryMarshal.GetReference(blue);
        ref float target = ref MemoryMarshal.GetReference(output);
        (float ofRed, float ofGreen, float ofBlue, float constant) = ((float)row.Red, (float)row.Green, (float)row.Blue, (float)row.Constant);
        int i = 0;
        for (; i <= n - 8; i += 8)
            (Load(ref r, i) * ofRed + Load(ref g, i) * ofGreen + Load(ref b, i) * ofBlue + Vector256.Create(constant)).StoreUnsafe(ref target, (nuint)i);
        for (; i < n; i++) output[i] = red[i] * ofRed + green[i] * ofGreen + blue[i] * ofBlue + constant;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Load(ref byte source, int at)
    {
        ulong eight = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref source, at));
        (Vector128<uint> low, Vector128<uint> high) = Vector128.Widen(Vector128.WidenLower(Vector128.CreateScalarUnsafe(eight).AsByte()));
        return Vector256.ConvertToSingle(Vector256.Create(low, high).AsInt32());
    }
}
