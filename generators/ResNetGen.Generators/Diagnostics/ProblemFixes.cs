using System.Globalization;
using ResNetGen.Architecture;
using ResNetGen.Generators.Fixes;

namespace ResNetGen.Generators.Diagnostics;

/// <summary>What can be written instead of what the architecture found wrong, where that is no matter of taste.</summary>
internal static class ProblemFixes
{
    /// <summary>The answers to a problem, the best first.</summary>
    public static EquatableArray<Fix> For(Problem problem)
    {
        EquatableArray<string> found = problem.Details;
        return problem.Kind switch
        {
            ProblemKind.DepthMissing => [.. found[0].Split([", "], StringSplitOptions.None).Select(depth => Set("Depth", depth))],
            ProblemKind.DepthNotStandard => [Set("Depth", found[3])],
            ProblemKind.DepthNotOfForm =>
            [
                Set("Depth", found[3]), Set("Depth", found[4]),
                .. OtherForm(found[0], found[1]) is { Length: > 0 } block ? [Set("Block", Value<Block>(block))] : Array.Empty<Fix>(),
            ],
            ProblemKind.DepthNotInFamily => [Set("Depth", found[2])],
            ProblemKind.StagesContradictDepth => found[4].Length > 0
                ? [Set("Stages", found[4]), Set("Depth", found[1])]
                : [Set("Depth", found[1]), LeaveOut("Depth")],
            ProblemKind.BlockMissing =>
                [Set("Block", Value<Block>(nameof(Block.Basic))), Set("Block", Value<Block>(nameof(Block.Bottleneck)))],
            ProblemKind.GroupsOnBasicBlocks or ProblemKind.OptionWithoutMeaning => [LeaveOut(found[0])],
            // A value nobody can have meant is not replaced by another one, but by the usual one, where there is one.
            ProblemKind.ValueOutOfRange when problem.Layer.Length > 0 && problem.Argument is "" or "Channels" or "Kernel" or "Features" or "Probability" or "Merge" => [],
            ProblemKind.ValueOutOfRange when problem.Argument is not ("Depth" or "Stages") && !problem.Argument.Contains(".") => [LeaveOut(problem.Argument)],
            ProblemKind.SqueezeWidthZero => [Fix.Of(Edit.SetFirst(found[1], "SqueezeExcitation"))],
            ProblemKind.FeatureMapVanished => [Sides(found[6], found[7], problem.Argument, found[8])],
            ProblemKind.ZeroPaddingReducesChannels => [Set("Shortcut", Value<Shortcut>(nameof(Shortcut.B)))],
            _ => [],
        };
    }

    /// <summary>1001 is not 6n+2, but it is 9n+2: then the block is what is missing. Empty where no block has that depth.</summary>
    public static string OtherForm(string depth, string form)
    {
        int layers = Number(depth);
        (int step, Block block) = form == "6n+2" ? (9, Block.Bottleneck) : (6, Block.Basic);
        return layers >= step + 2 && (layers - 2) % step == 0 ? block.ToString() : "";
    }

    /// <summary>An enumeration's value in full; the code fix shortens it to what the user's usings allow.</summary>
    public static string Value<T>(string name)
        where T : struct, Enum => $"global::ResNetGen.{typeof(T).Name}.{name}";

    // Kernels are square: what is the least height is the least width.
    private static Fix Sides(string height, string width, string argument, string least)
    {
        string other = argument == "Height" ? "Width" : "Height";
        Edit edit = Edit.Set(argument, least);
        return Number(other == "Height" ? height : width) < Number(least) ? Fix.Of(edit, Edit.Set(other, least)) : Fix.Of(edit);
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static Fix Set(string argument, string value) => Fix.Of(Edit.Set(argument, value));

    private static Fix LeaveOut(string argument) => Fix.Of(Edit.LeaveOut(argument));
}
