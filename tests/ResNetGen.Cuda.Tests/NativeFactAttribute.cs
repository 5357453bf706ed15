using ResNetGen.Native;

namespace ResNetGen.Cuda.Tests;

/// <summary>A test of what needs the native library; skipped with the official TorchSharp packages.</summary>
public sealed class NativeFactAttribute : FactAttribute
{
    public NativeFactAttribute() => Skip = FusedSgd.IsAvailable ? null : "ResNetGen's native library is not here (TorchProvider=LibTorch)";
}
