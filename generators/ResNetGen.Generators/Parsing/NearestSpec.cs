using System.Globalization;
using ResNetGen.Architecture;

namespace ResNetGen.Generators.Parsing;

/// <summary>
/// Finds a network that does exist near one that does not, so that a stub has the children the user's code expects:
/// <c>net.Layer3[5]</c> must not become an error because <c>Depth = 51</c> is one.
/// </summary>
internal static class NearestSpec
{
    /// <summary>The specification itself where it is right, else one with as few changes as each problem asks for.</summary>
    public static NetworkSpec Of(NetworkSpec spec)
    {
        // The stub of a network of one's own needs no more than the members as they are declared.
        if (spec is CustomNetworkSpec)
            return spec;

        NetworkSpec nearest = spec;
        // Values first, then depth, then shapes: each round finds only what the round before left.
        for (int round = 0; round < 4; round++)
        {
            EquatableArray<Problem> problems = nearest.Validate();
            if (problems.Count == 0)
                return nearest;
            foreach (Problem problem in problems)
                nearest = Correct(nearest, problem);
        }
        return nearest.Validate().Count == 0 ? nearest : Usual(spec);
    }

    private static NetworkSpec Correct(NetworkSpec spec, Problem problem) => problem.Kind switch
    {
        ProblemKind.DepthMissing => WithDepth(spec, First(problem.Details[0])),
        ProblemKind.DepthNotStandard => WithDepth(spec, First(problem.Details[3])),
        ProblemKind.DepthNotOfForm => WithDepth(spec, First(problem.Details[3])),
        ProblemKind.DepthNotInFamily => WithDepth(spec, First(problem.Details[2])),
        ProblemKind.BlockMissing when spec is StagedSpec staged => staged with { Block = Block.Basic },
        ProblemKind.StagesContradictDepth when spec is StagedSpec staged =>
            staged with { Depth = null, Block = problem.Details[3] == nameof(Block.Basic) ? Block.Basic : Block.Bottleneck },
        ProblemKind.FeatureMapVanished => spec with { Height = null, Width = null },
        _ => Without(spec, problem.Argument),
    };

    private static NetworkSpec WithDepth(NetworkSpec spec, int depth) => spec switch
    {
        StagedSpec staged => staged with { Depth = depth },
        CifarSpec cifar => cifar with { Depth = depth },
        VggSpec vgg => vgg with { Depth = depth },
        _ => spec,
    };

    private static NetworkSpec Without(NetworkSpec spec, string argument) => (spec, argument) switch
    {
        (_, "Channels") => spec with { Channels = null },
        (_, "Height") => spec with { Height = null },
        (_, "Width") => spec with { Width = null },
        (_, "Classes") => spec with { Classes = null },
        (_, "Recompute") => spec with { Recompute = null },
        (ResNetSpec each, _) when Without(each, argument) is { } less => less,
        (CifarResNetSpec each, _) when Without(each, argument) is { } less => less,
        (StagedSpec each, _) => Without(each, argument),
        (CifarSpec each, "Depth") => each with { Depth = null },
        (CifarSpec each, "Block") => each with { Block = null },
        _ => spec,
    };

    private static ResNetSpec? Without(ResNetSpec spec, string argument) => argument switch
    {
        "Shortcut" => spec with { Shortcut = null },
        "ZeroPadding" => spec with { ZeroPadding = null },
        "Unit" => spec with { Unit = null },
        "Skip" => spec with { Skip = null },
        "SkipScale" => spec with { SkipScale = null },
        "BranchScale" => spec with { BranchScale = null },
        "GateBias" => spec with { GateBias = null },
        "ProjectionBatchNorm" => spec with { ProjectionBatchNorm = null },
        "AverageDown" => spec with { AverageDown = null },
        "ZeroInitResidual" => spec with { ZeroInitResidual = null },
        "SqueezeExcitation.Reduction" => spec with { SqueezeExcitation = null },
        "DropPath.Rate" => spec with { DropPath = null },
        _ => null,
    };

    private static CifarResNetSpec? Without(CifarResNetSpec spec, string argument) => argument switch
    {
        "Shortcut" => spec with { Shortcut = null },
        "Unit" => spec with { Unit = null },
        "Skip" => spec with { Skip = null },
        "SkipScale" => spec with { SkipScale = null },
        "BranchScale" => spec with { BranchScale = null },
        "GateBias" => spec with { GateBias = null },
        "ZeroInitResidual" => spec with { ZeroInitResidual = null },
        "SqueezeExcitation.Reduction" => spec with { SqueezeExcitation = null },
        "DropPath.Rate" => spec with { DropPath = null },
        _ => null,
    };

    private static StagedSpec Without(StagedSpec spec, string argument) => argument switch
    {
        "Depth" => spec with { Depth = null },
        "Stages" => spec with { Stages = null },
        "Block" => spec with { Block = null },
        "Stride" => spec with { Stride = null },
        "Stem" => spec with { Stem = null },
        "StemWidth" => spec with { StemWidth = null },
        "Groups" => spec with { Groups = null },
        "WidthPerGroup" => spec with { WidthPerGroup = null },
        "Widths" => spec with { Widths = null },
        "OutputStride" => spec with { OutputStride = null },
        _ => spec,
    };

    /// <summary>The network everybody knows the family by.</summary>
    private static NetworkSpec Usual(NetworkSpec spec) => spec switch
    {
        ResNetSpec => new ResNetSpec { Name = spec.Name, Depth = 50 },
        PlainNetSpec => new PlainNetSpec { Name = spec.Name, Depth = 34 },
        VggSpec => new VggSpec { Name = spec.Name, Depth = 16 },
        CifarPlainNetSpec => new CifarPlainNetSpec { Name = spec.Name, Depth = 20 },
        _ => new CifarResNetSpec { Name = spec.Name, Depth = 20 },
    };

    private static int First(string list) => int.Parse(list.Split(',')[0], CultureInfo.InvariantCulture);
}
