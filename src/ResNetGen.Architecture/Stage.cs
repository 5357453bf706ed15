namespace ResNetGen.Architecture;

/// <summary>A run of equal blocks, the first of which may change the shape.</summary>
/// <param name="Name">Its segment of state_dict keys, e.g. <c>layer3</c>.</param>
/// <param name="Block">The block: basic or bottleneck.</param>
/// <param name="Blocks">Number of blocks.</param>
/// <param name="Width">Channels inside a block: of both convolutions of a basic block, of the 3×3 of a bottleneck.</param>
/// <param name="Stride">Stride of the first block; the others have 1.</param>
/// <param name="Input">Shape that reaches the first block.</param>
/// <param name="Output">Shape that leaves each block.</param>
public sealed record Stage(string Name, Block Block, int Blocks, int Width, int Stride, Shape Input, Shape Output)
{
    /// <summary>Distance in pixels between the taps of its 3×3 kernels; above 1 where dilation stands for stride.</summary>
    public int Dilation { get; init; } = 1;

    /// <summary>That distance in the convolution that would carry the stride: the stage before's, as in torchvision.</summary>
    public int FirstDilation { get; init; } = 1;

    /// <summary>Output channels of each block.</summary>
    public int Channels => Output.Channels;
}
