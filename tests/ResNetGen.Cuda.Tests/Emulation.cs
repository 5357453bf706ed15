using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace ResNetGen.Cuda.Tests;

/// <summary>The emulation library: kernels/*.cu, compiled as plain C++, and the host code that launches them.</summary>
internal static partial class Emulation
{
    public const string Missing = "the emulation is compiled against a libtorch only (TorchProvider=LibTorch)";

    private const string Library = "resnetgen_emulation";

    public static bool IsAvailable { get; } = NativeLibrary.TryLoad(Library, typeof(Emulation).Assembly, null, out _);

    public static void Forward(Tensor?[] maps, Tensor?[] channels, (long Stride, long Before, long After) padding, bool relu, int statistics, double eps, double momentum) =>
        Check(emulated_forward(Handles(maps), Handles(channels), [padding.Stride, padding.Before, padding.After], relu ? 1 : 0, statistics, eps, momentum));

    public static void Backward(Tensor?[] maps, Tensor?[] channels, (long Stride, long Before, long After) padding, bool relu, bool batchStatistics) =>
        Check(emulated_backward(Handles(maps), Handles(channels), [padding.Stride, padding.Before, padding.After], relu ? 1 : 0, batchStatistics ? 1 : 0));

    public static void Sgd(Tensor[] weights, Tensor[] gradients, Tensor[]? momenta, double[] decays, double rate, double momentum, bool nesterov, bool fresh, Tensor?[] known) =>
        Check(emulated_sgd(Handles(weights), Handles(gradients), momenta is null ? null : Handles(momenta), decays, weights.Length, rate, momentum,
            nesterov ? 1 : 0, fresh ? 1 : 0, Handles(known)));

    public static void Average(Tensor[] averages, Tensor[] values, double decay) =>
        Check(emulated_average(Handles(averages), Handles(values), averages.Length, decay));

    public static void Scale(Tensor[] tensors, Tensor scale) => Check(emulated_scale(Handles(tensors), tensors.Length, scale.Handle));

    public static void Measure(Tensor[] tensors, Tensor squares, Tensor found) =>
        Check(emulated_measure(Handles(tensors), tensors.Length, squares.Handle, found.Handle));

    private static IntPtr[] Handles(IEnumerable<Tensor?> tensors) => [.. tensors.Select(static tensor => tensor is null ? IntPtr.Zero : tensor.Handle)];

    private static void Check(int result)
    {
        if (result != 0)
        {
            throw new ExternalException(Marshal.PtrToStringUTF8(rn_last_error()));
        }
    }

    [LibraryImport(Library)]
    private static partial IntPtr rn_last_error();

    [LibraryImport(Library)]
    private static partial int emulated_forward(IntPtr[] maps, IntPtr[] channels, long[] padding, int relu, int statistics, double eps, double momentum);

    [LibraryImport(Library)]
    private static partial int emulated_backward(IntPtr[] maps, IntPtr[] channels, long[] padding, int relu, int batchStatistics);

    [LibraryImport(Library)]
    private static partial int emulated_sgd(
        IntPtr[] weights, IntPtr[] gradients, IntPtr[]? momenta, double[] decays, long count, double rate, double momentum, int nesterov, int fresh, IntPtr[] known);

    [LibraryImport(Library)]
    private static partial int emulated_average(IntPtr[] averages, IntPtr[] values, long count, double decay);

    [LibraryImport(Library)]
    private static partial int emulated_scale(IntPtr[] tensors, long count, IntPtr scale);

    [LibraryImport(Library)]
    private static partial int emulated_measure(IntPtr[] tensors, long count, IntPtr squares, IntPtr found);
}
