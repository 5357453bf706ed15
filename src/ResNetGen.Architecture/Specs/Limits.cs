namespace ResNetGen.Architecture;

/// <summary>
/// The largest values a specification may hold. They lie far above any network in use and low enough that
/// every count, twice the multiply-adds included, fits in 63 bits.
/// </summary>
internal static class Limits
{
    /// <summary>Input channels, stem channels, and groups × width per group.</summary>
    public const int Channels = 4096;

    /// <summary>Height and width of the input in pixels.</summary>
    public const int Pixels = 4096;

    /// <summary>Classes.</summary>
    public const int Classes = 1_000_000;

    /// <summary>Number of stages; the last one is 64 × 2⁷ channels wide.</summary>
    public const int Stages = 8;

    /// <summary>Width of a stage that does not follow the doubling rule, and of a bottleneck's 3×3 convolution in it.</summary>
    public const int FreeWidth = 2048;

    /// <summary>Stages of a network with an output stride: without strides, widths grow and maps do not shrink.</summary>
    public const int DilatedStages = 4;

    /// <summary>Blocks in all stages together.</summary>
    public const int Blocks = 1000;

    /// <summary>Depth of a CIFAR network.</summary>
    public const int CifarDepth = 10_000;

    /// <summary>Channels of a layer in a network of one's own.</summary>
    public const int LayerChannels = 16_384;

    /// <summary>Side, stride and dilation of a window in a network of one's own.</summary>
    public const int Window = 64;
}
