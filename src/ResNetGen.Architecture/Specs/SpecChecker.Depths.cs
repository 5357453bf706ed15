namespace ResNetGen.Architecture;

/// <content>Depths, and the stages that they stand for.</content>
internal sealed partial class SpecChecker
{
    /// <summary>The block and the stages of an ImageNet network, or null with the problem noted.</summary>
    public (Block Block, EquatableArray<int> Stages)? Stages(int? depth, EquatableArray<int>? stages, Block? written)
    {
        Block block = written ?? Block.Auto;
        if (stages is { } given)
            return FreeStages(depth, given, block);

        Depths.Standard[] allowed = [.. Depths.For(block)];
        string list = string.Join(", ", allowed.Select(row => Text(row.Depth)));
        if (depth is not { } wanted)
        {
            Add(ProblemKind.DepthMissing, "Depth", list);
            return null;
        }

        if (allowed.FirstOrDefault(row => row.Depth == wanted) is { } standard)
            return (standard.Block, standard.Stages);

        int nearest = allowed.OrderBy(row => Math.Abs((long)row.Depth - wanted)).First().Depth;
        Add(ProblemKind.DepthNotStandard, "Depth", Text(wanted), block.ToString(), list, Text(nearest));
        return null;
    }

    /// <summary>The three stages of a CIFAR network, or null with the problem noted.</summary>
    public EquatableArray<int>? CifarStages(int? depth, Block block)
    {
        if (depth is not { } wanted)
        {
            Add(ProblemKind.DepthMissing, "Depth", Depths.CifarExamples(block));
            return null;
        }

        Range("Depth", depth, 1, Limits.CifarDepth);
        if (Failed)
            return null;

        if (Depths.CifarStages(wanted, block) is { } stages)
            return stages;

        int step = Depths.CifarStep(block);
        int below = Math.Max(1, (wanted - 2) / step);
        Add(ProblemKind.DepthNotOfForm, "Depth", Text(wanted), $"{Text(step)}n+2", block.ToString(),
            Text((below * step) + 2), Text(((below + 1) * step) + 2));
        return null;
    }

    /// <summary>The depth of a family that has only a few, or null with the problem noted.</summary>
    public int? OneOf(int? depth, EquatableArray<int> allowed)
    {
        string list = string.Join(", ", allowed.Select(Text));
        if (depth is not { } wanted)
        {
            Add(ProblemKind.DepthMissing, "Depth", list);
            return null;
        }

        if (allowed.Contains(wanted))
            return wanted;

        Add(ProblemKind.DepthNotInFamily, "Depth", Text(wanted), list, Text(allowed.OrderBy(each => Math.Abs((long)each - wanted)).First()));
        return null;
    }

    private (Block Block, EquatableArray<int> Stages)? FreeStages(int? depth, EquatableArray<int> stages, Block block)
    {
        int basic = Depths.WeightedLayers(stages, Block.Basic);
        int bottleneck = Depths.WeightedLayers(stages, Block.Bottleneck);
        if (depth is not { } wanted)
        {
            if (block != Block.Auto)
                return (block, stages);

            Add(ProblemKind.BlockMissing, "Block", stages.ToString(), Text(basic), Text(bottleneck));
            return null;
        }

        if (block == Block.Auto)
        {
            // Depth says which block is meant: the one that makes it, else the one the table has for it.
            block = wanted == basic ? Block.Basic
                : wanted == bottleneck ? Block.Bottleneck
                : Depths.Table.FirstOrDefault(row => row.Depth == wanted)?.Block ?? Block.Bottleneck;
        }

        int made = block == Block.Basic ? basic : bottleneck;
        if (made == wanted)
            return (block, stages);

        string standard = Depths.For(block).FirstOrDefault(row => row.Depth == wanted)?.Stages.ToString() ?? "";
        Add(ProblemKind.StagesContradictDepth, "Stages", stages.ToString(), Text(made), Text(wanted), block.ToString(), standard);
        return null;
    }
}
