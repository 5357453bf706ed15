using ResNetGen.Architecture;
using ResNetGen.Architecture.Layers;

namespace ResNetGen.Planning;

/// <summary>Layers that move or summarise pixels.</summary>
internal static class Shapes
{
    public static Map Largest(PlanBuilder plan, MaxPool2d pool, string path, Map input) =>
        Window(plan, path, isMean: false, pool.Kernel, pool.Stride, pool.Padding, input, pool.Output(input.Shape));

    public static Map Mean(PlanBuilder plan, AvgPool2d pool, string path, Map input) =>
        Window(plan, path, isMean: true, pool.Kernel, pool.Stride, pool.Padding, input, pool.Output(input.Shape));

    /// <summary>Means over the whole map, or over the cells of a grid laid over it.</summary>
    public static Map Grid(PlanBuilder plan, GlobalAvgPool pool, string path, Map input)
    {
        (int height, int width, int cells) = (input.Shape.Height, input.Shape.Width, pool.Size);
        // Each cell is a pixel.
        if (height == cells && width == cells)
            return input;

        var output = new Map(pool.Output(input.Shape));
        (int Height, int Width) cell = (height / cells, width / cells);
        return plan.Add(height % cells == 0 && width % cells == 0
            ? new Pool(path, IsMean: true, cell, cell, Padding: 0, input, output)
            : new UnevenGrid(path, input, output));
    }

    /// <summary>A map of one pixel is a vector as it is.</summary>
    public static Map Flatten(PlanBuilder plan, Flatten flatten, string path, Map input) => input.Shape.Pixels == 1
        ? input
        : plan.Add(new Flattening(path, input, new Map(flatten.Output(input.Shape))));

    public static Map ZeroPad(PlanBuilder plan, ZeroPadShortcut shortcut, string path, Map input)
    {
        Shape output = shortcut.Output(input.Shape);
        if (output == input.Shape && shortcut.Stride == 1)
            return input;

        int added = output.Channels - input.Shape.Channels;
        return plan.Add(new ZeroPad(path, shortcut.Stride, shortcut.Padding == ZeroPadding.Both ? added / 2 : 0, input, new Map(output)));
    }

    private static Map Window(PlanBuilder plan, string path, bool isMean, int kernel, int stride, int padding, Map input, Shape output) =>
        plan.Add(new Pool(path, isMean, (kernel, kernel), (stride, stride), padding, input, new Map(output)));
}
