using System.Globalization;
using ResNetGen.Architecture.Layers;

namespace ResNetGen.Architecture;

/// <summary>Follows the shape through a planned network and finds the first layer that cannot take what reaches it.</summary>
internal static class ShapeCheck
{
    public static Problem? FirstProblem(ResidualPlan plan) => Reduction(plan) ?? Vanished(plan);

    /// <summary>Shortcut A adds channels only.</summary>
    private static Problem? Reduction(ResidualPlan plan)
    {
        if (plan.Shortcut != Shortcut.A)
            return null;

        Stage? stage = ResidualBuilder.Stages(plan).FirstOrDefault(stage => stage.Channels < stage.Input.Channels);
        return stage is null
            ? null
            : Problem(ProblemKind.ZeroPaddingReducesChannels, "Shortcut", $"{stage.Name}.0", stage.Input.Channels, stage.Channels);
    }

    private static Problem? Vanished(ResidualPlan plan)
    {
        if (FirstVanished(plan) is not { Layer.Window: { } window } found)
            return null;

        bool high = found.Input.Height < window.Stride;
        int enough = high
            ? Smallest(size => plan with { Input = plan.Input with { Height = size, Width = Limits.Pixels } })
            : Smallest(size => plan with { Input = plan.Input with { Height = Limits.Pixels, Width = size } });
        return Problem(ProblemKind.FeatureMapVanished, high ? "Height" : "Width", found.Path, found.Input.Height, found.Input.Width,
            window.Kernel, window.Stride, window.Padding, plan.Input.Height, plan.Input.Width, enough);
    }

    // Padding keeps at least one pixel whatever the input, so what counts is a stride with nothing left to stride over.
    private static PlacedLeaf? FirstVanished(ResidualPlan plan)
    {
        foreach (PlacedLeaf leaf in ResidualBuilder.Build(plan).Leaves(plan.Input, ""))
            if (leaf.Layer.Window is { } window && Math.Min(leaf.Input.Height, leaf.Input.Width) < window.Stride)
                return leaf;

        return null;
    }

    // More pixels never hurt, so halving finds the bound.
    private static int Smallest(Func<int, ResidualPlan> ofSize)
    {
        int tooSmall = 0, enough = Limits.Pixels;
        while (enough - tooSmall > 1)
        {
            int middle = (tooSmall + enough) / 2;
            if (FirstVanished(ofSize(middle)) is null)
                enough = middle;
            else
                tooSmall = middle;
        }

        return enough;
    }

    private static Problem Problem(ProblemKind kind, string argument, string path, params int[] numbers) =>
        new(kind, argument, numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)).Prepend(path).ToEquatableArray());
}
