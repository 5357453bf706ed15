namespace ResNetGen.Native;

/// <summary>A piece of an <see cref="InferenceProgram"/>'s memory.</summary>
/// <param name="First">The step that writes it first.</param>
/// <param name="Last">The step that reads it last.</param>
/// <param name="Offset">Where it begins, in bytes.</param>
/// <param name="Bytes">Its length.</param>
public readonly record struct InferenceRegion(int First, int Last, long Offset, long Bytes);

/// <summary>How the feature maps of an <see cref="InferenceProgram"/> lie in memory.</summary>
public enum InferenceLayout
{
    /// <summary>As each operation likes best: as a rule in blocks of 16 channels.</summary>
    Blocked,

    /// <summary>(N, H, W, C) throughout.</summary>
    ChannelsLast,
}
