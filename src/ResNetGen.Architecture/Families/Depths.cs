namespace ResNetGen.Architecture;

/// <summary>
/// The one table of depths, blocks and stages (He et al. 2015, table 1 and section 4.2; 200 layers: He et al. 2016).
/// Nothing else in the project knows how many blocks a depth has.
/// </summary>
internal static class Depths
{
    /// <summary>A standard network: its depth, its block, and its blocks a stage.</summary>
    public sealed record Standard(int Depth, Block Block, EquatableArray<int> Stages);

    public static EquatableArray<Standard> Table { get; } =
    [
        new(18, Block.Basic, [2, 2, 2, 2]),
        new(34, Block.Basic, [3, 4, 6, 3]),
        new(50, Block.Bottleneck, [3, 4, 6, 3]),
        new(101, Block.Bottleneck, [3, 4, 23, 3]),
        new(152, Block.Bottleneck, [3, 8, 36, 3]),
        new(200, Block.Bottleneck, [3, 24, 36, 3]),
    ];

    /// <summary>The depths that the CIFAR experiments of the papers use, by block.</summary>
    public static string CifarExamples(Block block) =>
        block switch { Block.Bottleneck => "164, 1001", Block.SingleLayer => "110", _ => "20, 32, 44, 56, 110, 1202" };

    /// <summary>The standard networks of a block; of every block for <see cref="Block.Auto"/>.</summary>
    public static IEnumerable<Standard> For(Block block) => Table.Where(row => block == Block.Auto || row.Block == block);

    /// <summary>Weighted layers of a block's branch.</summary>
    public static int LayersIn(Block block) => block switch { Block.Bottleneck => 3, Block.SingleLayer => 1, _ => 2 };

    /// <summary>Output channels of a block, as a multiple of its stage's width.</summary>
    public static int Expansion(Block block) => block == Block.Bottleneck ? 4 : 1;

    /// <summary>Weighted layers of a network: those of its blocks, the first convolution and the classifier.</summary>
    public static int WeightedLayers(EquatableArray<int> stages, Block block) => (stages.Sum() * LayersIn(block)) + 2;

    /// <summary>Depth gained by one more block in each of a CIFAR network's three stages: 3, 6 or 9.</summary>
    public static int CifarStep(Block block) => 3 * LayersIn(block);

    /// <summary>The three equal stages of a CIFAR network, or null where the depth is not 3n+2, 6n+2 or 9n+2.</summary>
    public static EquatableArray<int>? CifarStages(int depth, Block block)
    {
        int step = CifarStep(block);
        int blocks = (depth - 2) / step;
        return blocks >= 1 && (blocks * step) + 2 == depth ? [blocks, blocks, blocks] : null;
    }
}
