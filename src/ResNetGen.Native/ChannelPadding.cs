namespace ResNetGen.Native;

/// <summary>
/// Option A's way from a block's input to its output's shape (He et al. 2015, section 3.3): [N, C, H, W] →
/// [N, Before + C + After, ⌈H/Stride⌉, ⌈W/Stride⌉].
/// </summary>
/// <param name="Stride">Of the pixels of each row and column the first, the one <c>Stride</c> after it and so on count; at least 1.</param>
/// <param name="Before">Zero channels before the input's.</param>
/// <param name="After">Zero channels after the input's.</param>
public readonly record struct ChannelPadding(int Stride, int Before, int After);
