using System.Globalization;

namespace ResNetGen.Architecture;

/// <summary>Collects the problems of one specification while its defaults are filled in.</summary>
internal sealed class SpecChecker
{
    private readonly List<Problem> _problems = [];

    public SpecChecker(NetworkSpec spec)
    {
        Range(nameof(spec.Channels), spec.Channels, 1, Limits.Channels);
        Range(nameof(spec.Height), spec.Height, 1, Limits.Pixels);
        Range(nameof(spec.Width), spec.Width, 1, Limits.Pixels);
        Range(nameof(spec.Classes), spec.Classes, 1, Limits.Classes);
    }

    public bool Failed => _problems.Count > 0;

    public Resolution Failure => new(null, _problems.ToEquatableArray());

    public void Range(string argument, int? value, int least, int most)
    {
        if (value < least || value > most)
            Add(ProblemKind.ValueOutOfRange, argument, argument, Text(value.Value), Text(least), Text(most));
    }

    /// <summary>Between one and eight stages of at least one block each, and no more blocks than a count can hold.</summary>
    public void Range(string argument, EquatableArray<int>? stages)
    {
        if (stages is not { } given)
            return;

        if (given.Count is < 1 or > Limits.Stages)
        {
            Add(ProblemKind.ValueOutOfRange, argument, $"{argument}.Length", Text(given.Count), "1", Text(Limits.Stages));
            return;
        }

        long total = 0;
        foreach (int blocks in given)
        {
            total += blocks;
            if (blocks is < 1 or > Limits.Blocks)
            {
                Add(ProblemKind.ValueOutOfRange, argument, argument, Text(blocks), "1", Text(Limits.Blocks));
                return;
            }
        }

        if (total > Limits.Blocks)
            Add(ProblemKind.ValueOutOfRange, argument, $"sum of {argument}", Text((int)total), "1", Text(Limits.Blocks));
    }

    public void BlockWidth(int? groups, int? widthPerGroup)
    {
        long product = (long)(groups ?? 1) * (widthPerGroup ?? 64);
        if (!Failed && product > Limits.Channels)
            Add(ProblemKind.ValueOutOfRange, groups is null ? "WidthPerGroup" : "Groups", "Groups × WidthPerGroup",
                product.ToString(CultureInfo.InvariantCulture), "1", Text(Limits.Channels));
    }

    public void Defined<T>(string argument, T? value)
        where T : struct, Enum
    {
        if (value is { } given && !Enum.IsDefined(typeof(T), given))
            Add(ProblemKind.ValueOutOfRange, argument, argument, given.ToString(), string.Join(", ", Enum.GetNames(typeof(T))), "");
    }

    public void Meaning<T>(string argument, T? value, string network, string remedy)
        where T : struct, Enum
    {
        if (value is { } given)
            Add(ProblemKind.OptionWithoutMeaning, argument, argument, given.ToString(), network, remedy);
    }

    public void BasicBlocks(string argument, int? value, int only)
    {
        if (value is { } given && given != only)
            Add(ProblemKind.GroupsOnBasicBlocks, argument, argument, Text(given), Text(only));
    }

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

    /// <summary>Walks the planned network once, to find what only shapes can tell.</summary>
    public Resolution Finish(ResidualPlan plan)
    {
        if (!Failed && ShapeCheck.FirstProblem(plan) is { } problem)
            _problems.Add(problem);

        return Failed ? Failure : new Resolution(ResidualDescription.Describe(plan), []);
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

    private void Add(ProblemKind kind, string argument, params string[] details) =>
        _problems.Add(new Problem(kind, argument, details.ToEquatableArray()));

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
