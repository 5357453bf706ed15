using Microsoft.CodeAnalysis;
using ResNetGen.Architecture;
using ResNetGen.Generators.Parsing;

namespace ResNetGen.Generators.Diagnostics;

/// <summary>Turns what the architecture found wrong into one of our messages. The only place that knows both.</summary>
internal static class ProblemWording
{
    /// <summary>The message for a problem: its id, its place, and the values of its text.</summary>
    public static Finding Word(NetworkSpec spec, Problem problem)
    {
        EquatableArray<string> found = problem.Details;
        return problem.Kind switch
        {
            ProblemKind.DepthMissing => Finding(Descriptors.DepthMissing,
                AnyOf(found[0]),
                spec switch
                {
                    CifarSpec { Block: Block.Bottleneck } => ", or another of the form 9n+2",
                    CifarSpec { Block: Block.SingleLayer } => ", or another of the form 3n+2",
                    CifarSpec => ", or another of the form 6n+2",
                    StagedSpec => ", or the blocks of each stage: Stages and Block",
                    _ => "",
                }),

            ProblemKind.DepthNotStandard => Finding(Descriptors.DepthNotStandard,
                AnyOf(found[2]), spec.Family, OfBlocks(found[1]), found[0], found[3]),

            ProblemKind.DepthNotOfForm => Finding(Descriptors.DepthNotOfForm,
                found[1], BlockName(found[2]), found[0], found[3], found[4], OtherBlock(found[0], found[1])),

            ProblemKind.DepthNotInFamily => Finding(Descriptors.DepthNotVgg, AnyOf(found[1]), found[0], found[2]),

            ProblemKind.StagesContradictDepth => Finding(Descriptors.StagesContradictDepth,
                found[0], found[3], found[1], found[2],
                found[4].Length > 0 ? $"write Stages = {found[4]} or Depth = {found[1]}" : $"write Depth = {found[1]}, or leave Depth out"),

            ProblemKind.BlockMissing => Finding(Descriptors.BlockMissing, found[0], found[1], found[2]),

            ProblemKind.GroupsOnBasicBlocks => Finding(Descriptors.GroupsOnBasicBlocks, found[0], found[2], found[1]),

            ProblemKind.OptionWithoutMeaning => Finding(Descriptors.OptionWithoutMeaning, found[0], found[1], found[2], found[3]),

            ProblemKind.ValueOutOfRange => Finding(Descriptors.ValueOutOfRange,
                found[0],
                found[3].Length == 0 ? $"to be {AnyOf(found[2])}" : found[2] == found[3] ? $"to be {found[2]}" : $"between {found[2]} and {found[3]}",
                found[1],
                found[3].Length == 0 ? "one of these" : found[2] == found[3] ? "that many" : "a value in that range"),

            ProblemKind.FeatureMapVanished => Finding(Descriptors.FeatureMapVanished,
                found[0], found[4], found[1], found[2], found[3], found[5], found[6], found[7], problem.Argument, found[8],
                found.Count > 9 ? $"{found[9]} pixels a side for its window" : $"{found[4]} pixels a side for its stride"),

            ProblemKind.SqueezeWidthZero => Finding(Descriptors.SqueezeWidthZero, found[0], found[1], found[2]),

            ProblemKind.ZeroPaddingReducesChannels => Finding(Descriptors.ZeroPaddingReducesChannels, found[0], found[1], found[2]),

            _ => CustomWording.Word(spec, problem) ?? throw new InvalidOperationException($"No message words the problem {problem.Kind}."),
        };

        // Every message begins with the network's name.
        Finding Finding(DiagnosticDescriptor descriptor, params string[] details) =>
            new(descriptor, PlaceOf(problem), new[] { spec.Name }.Concat(details).ToEquatableArray())
            {
                Further = problem.Related.Select(static member => Place.Layer(member)).ToEquatableArray(),
                Fixes = ProblemFixes.For(problem),
            };
    }

    /// <summary>The argument that is wrong: of a member's layer, of another attribute of the class, or of the family's.</summary>
    public static Place PlaceOf(Problem problem)
    {
        if (problem.Layer.Length > 0)
            return Place.LayerArgument(problem.Layer, problem.Argument);
        int dot = problem.Argument.IndexOf('.');
        return dot > 0
            ? Place.ArgumentOf(problem.Argument.Substring(0, dot), problem.Argument.Substring(dot + 1))
            : Place.Argument(problem.Argument);
    }

    /// <summary>"18, 34, 50" becomes "18, 34 or 50".</summary>
    public static string AnyOf(string list)
    {
        int last = list.LastIndexOf(", ", StringComparison.Ordinal);
        return last < 0 ? list : list.Substring(0, last) + " or " + list.Substring(last + 2);
    }

    private static string OfBlocks(string block) => block == nameof(Block.Auto) ? "" : $" with {block} blocks";

    private static string BlockName(string block) => block == nameof(Block.Auto) ? nameof(Block.Basic) : block;

    private static string OtherBlock(string depth, string form) => ProblemFixes.OtherForm(depth, form) is { Length: > 0 } block
        ? $", or Block = {block}, for which {depth} is {(form == "6n+2" ? "9n+2" : "6n+2")}"
        : "";
}
