using ResNetGen.Native;
using TorchSharp;

namespace ResNetGen.Cuda.Tests;

/// <summary>A test that needs a CUDA device; skipped, with the reason, where there is none.</summary>
public sealed class GpuFactAttribute : FactAttribute
{
    public GpuFactAttribute() => Skip = Reason;

    internal static string? Reason { get; } =
        !torch.cuda.is_available() ? "this libtorch finds no CUDA device"
        : !CudaGraph.IsAvailable ? "ResNetGen's native library was built without the CUDA toolkit's headers"
        : null;
}

/// <summary>The same with data.</summary>
public sealed class GpuTheoryAttribute : TheoryAttribute
{
    public GpuTheoryAttribute() => Skip = GpuFactAttribute.Reason;
}
