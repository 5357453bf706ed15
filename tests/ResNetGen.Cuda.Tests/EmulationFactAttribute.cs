namespace ResNetGen.Cuda.Tests;

/// <summary>A test that runs the CUDA kernels on the processor; skipped with the official TorchSharp packages, for which none are compiled.</summary>
public sealed class EmulationFactAttribute : FactAttribute
{
    public EmulationFactAttribute() => Skip = Emulation.IsAvailable ? null : Emulation.Missing;
}

/// <summary>The same with data.</summary>
public sealed class EmulationTheoryAttribute : TheoryAttribute
{
    public EmulationTheoryAttribute() => Skip = Emulation.IsAvailable ? null : Emulation.Missing;
}
