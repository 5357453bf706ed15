using System.Globalization;
using ResNetGen.Architecture.Layers;

namespace ResNetGen.Architecture;

/// <summary>Follows the shape through a planned network and finds the first layer that cannot take what reaches it.</summary>
internal static class ShapeCheck
{
    /// <summary>Whether a stride finds nothing left to stride over, and how large the input would have to be.</summary>
    public static Problem? Vanished(NetworkPlan plan)
    {
        Shape input = plan.Input;
        if (FirstVanished(plan.Root, input) is not { Layer.Window: { } window } found)
            return null;

        bool high = found.Input.Height < window.Stride;
        int enough = high
            ? Smallest(plan.Root, size => input with { Height = size, Width = Limits.Pixels })
            : Smallest(plan.Root, size => input with { Height = Limits.Pixels, Width = size });
        return Problem(ProblemKind.FeatureMapVanished, high ? "Height" : "Width", found.Path, found.Input.Height, found.Input.Width,
            window.Kernel, window.Stride, window.Padding, input.Height, input.Width, enough);
    }

    /// <summary>What only the widths of a residual network's stages can tell.</summary>
    public static Problem? Widths(ResidualPlan plan)
    {
        EquatableArray<Stage> stages = StageLayout.Of(plan);
        // Shortcut A adds channels only.
        if (plan is { Shortcut: Shortcut.A, Skip: not Skip.Conv1x1 }
            && stages.FirstOrDefault(stage => stage.Channels < stage.Input.Channels) is { } narrower)
        {
            return Problem(ProblemKind.ZeroPaddingReducesChannels, "Shortcut", $"{narrower.Name}.0", narrower.Input.Channels, narrower.Channels);
        }

        return plan.SqueezeExcitation is { } reduction && stages.FirstOrDefault(stage => stage.Channels < reduction) is { } narrow
            ? Problem(ProblemKind.SqueezeWidthZero, "SqueezeExcitation.Reduction", $"{narrow.Name}.0.se", narrow.Channels, reduction)
            : null;
    }

    // Padding keeps at least one pixel whatever the input, so what counts is a stride with nothing left to stride over.
    private static PlacedLeaf? FirstVanished(Sequence root, Shape input)
    {
        foreach (PlacedLeaf leaf in root.Leaves(input, ""))
            if (leaf.Layer.Window is { } window && Math.Min(leaf.Input.Height, leaf.Input.Width) < window.Stride)
                return leaf;

        return null;
    }

    // More pixels never hurt, so halving finds the bound.
    private static int Smallest(Sequence root, Func<int, Shape> ofSize)
    {
        int tooSmall = 0, enough = Limits.Pixels;
        while (enough - tooSmall > 1)
        {
            int middle = (tooSmall + enough) / 2;
            if (FirstVanished(root, ofSize(middle)) is null)
                enough = middle;
            else
                tooSmall = middle;
        }

        return enough;
    }

    private static Problem Problem(ProblemKind kind, string argument, string path, params int[] numbers) =>
        new(kind, argument, numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)).Prepend(path).ToEquatableArray());
}
