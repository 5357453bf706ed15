using ResNetGen.Architecture.Layers;

namespace ResNetGen.Architecture;

/// <summary>Finds windows that have no room on their feature map, and the smallest image that would give it.</summary>
internal static class Vanishing
{
    /// <summary>
    /// Whether a window has room. Padding can keep a pixel whatever the input, so a map smaller than the stride counts as used up.
    /// </summary>
    public static bool Fits(Leaf leaf, Shape input) => Math.Min(input.Height, input.Width) >= Least(leaf.Window!.Value);

    /// <summary>What is wrong; the smallest image is still open.</summary>
    public static Problem Problem(string path, Leaf leaf, Shape input)
    {
        Window window = leaf.Window!.Value;
        string argument = input.Height < Least(window) ? "Height" : "Width";
        int[] numbers = [input.Height, input.Width, window.Kernel, window.Stride, window.Padding];
        IEnumerable<int> needed = Least(window) > window.Stride ? [Least(window)] : [];
        return new Problem(ProblemKind.FeatureMapVanished, argument,
            numbers.Concat(needed).Select(number => LayerPlace.Text(number)).Prepend(path).ToEquatableArray());
    }

    /// <summary>The problem with the size of the image, and the smallest one that works.</summary>
    public static Problem Measured(CustomNetworkSpec spec, Problem problem) => problem.Kind != ProblemKind.FeatureMapVanished
        ? problem
        : problem with
        {
            Details =
            [
                .. problem.Details.Take(6), LayerPlace.Text(spec.Input.Height), LayerPlace.Text(spec.Input.Width),
                LayerPlace.Text(Smallest(spec, problem.Argument)), .. problem.Details.Skip(6),
            ],
        };

    // More pixels never hurt, so halving finds the bound.
    private static int Smallest(CustomNetworkSpec spec, string argument)
    {
        int tooSmall = 0, enough = Limits.Pixels;
        while (enough - tooSmall > 1)
        {
            int middle = (tooSmall + enough) / 2;
            CustomNetworkSpec other = argument == "Height"
                ? spec with { Height = middle, Width = Limits.Pixels }
                : spec with { Height = Limits.Pixels, Width = middle };
            if (new CustomResolver(other).Vanishes())
                tooSmall = middle;
            else
                enough = middle;
        }

        return enough;
    }

    private static int Least(Window window) => Math.Max(window.Stride, window.Extent - (2 * window.Padding));
}
