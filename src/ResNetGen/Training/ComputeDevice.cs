namespace ResNetGen;

/// <summary>Where a network trains.</summary>
public enum ComputeDevice
{
    /// <summary>A CUDA GPU where there is one, else the CPU.</summary>
    Auto,

    /// <summary>The CPU.</summary>
    Cpu,

    /// <summary>The first CUDA GPU; refused where there is none.</summary>
    Cuda,
}
