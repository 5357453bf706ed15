using ResNetGen.Architecture;
using ResNetGen.Architecture.Layers;

namespace ResNetGen.Export.Onnx;

/// <summary>Poolings.</summary>
internal static class Pools
{
    public static Flow Largest(GraphBuilder graph, MaxPool2d pool, string path, Flow input)
    {
        Shape output = pool.Output(input.Shape);
        return new Flow(Window(graph, "MaxPool", path, input.Name, pool.Kernel, pool.Stride, Pads(pool.Padding, pool.Padding, pool.Padding)), output);
    }

    /// <summary>Means in which padding does not count.</summary>
    public static Flow Mean(GraphBuilder graph, AvgPool2d pool, string path, Flow input)
    {
        Shape output = pool.Output(input.Shape);
        // A last partial window is one that reaches over the edge, into padding that does not count. Said by padding, it does not
        // depend on what a runtime takes for its last position.
        OnnxAttribute pads = pool.CeilMode
            ? Pads(pool.Padding, Over(input.Shape.Height, output.Height), Over(input.Shape.Width, output.Width))
            : Pads(pool.Padding, pool.Padding, pool.Padding);
        return new Flow(Window(graph, "AveragePool", path, input.Name, pool.Kernel, pool.Stride, pads), output);

        int Over(int size, int positions) => Math.Max(0, ((positions - 1) * pool.Stride) + pool.Kernel - size - pool.Padding);
    }

    /// <summary>Means over the whole map, or over the cells of a grid laid over it, which may overlap by a pixel.</summary>
    public static Flow Grid(GraphBuilder graph, GlobalAvgPool pool, string path, Flow input)
    {
        (int height, int width) = (input.Shape.Height, input.Shape.Width);
        string output = input.Name;
        if (pool.Size == 1)
            output = graph.Add("GlobalAveragePool", path, [output]);
        else if (height != pool.Size || width != pool.Size)
        {
            // Rows, then columns, as a product with a matrix of what each cell takes of each pixel.
            string rows = graph.Constant(OnnxTensor.Of(path + ".row_cells", [pool.Size, height], Cells(pool.Size, height)));
            string columns = graph.Constant(OnnxTensor.Of(path + ".column_cells", [width, pool.Size], Transposed(Cells(pool.Size, width), pool.Size, width)));
            output = graph.Add("MatMul", path, [graph.Add("MatMul", path + ".rows", [rows, output]), columns]);
        }

        return new Flow(output, pool.Output(input.Shape));
    }

    /// <summary>Padding before rows and columns, and after them.</summary>
    public static OnnxAttribute Pads(int before, int below, int right) => new OnnxAttribute.Integers("pads", before, before, below, right);

    private static string Window(GraphBuilder graph, string kind, string path, string input, int kernel, int stride, OnnxAttribute pads) =>
        graph.Add(kind, path, [input], new OnnxAttribute.Integers("kernel_shape", kernel, kernel), pads, new OnnxAttribute.Integers("strides", stride, stride));

    // Torch's adaptive pooling: cell i takes the pixels from ⌊i · size / cells⌋ to below ⌈(i + 1) · size / cells⌉.
    private static float[] Cells(int cells, int size)
    {
        var shares = new float[cells * size];
        for (int cell = 0; cell < cells; cell++)
        {
            int first = (int)((long)cell * size / cells);
            int end = (int)((((long)cell + 1) * size + cells - 1) / cells);
            shares.AsSpan((cell * size) + first, end - first).Fill(1f / (end - first));
        }

        return shares;
    }

    private static float[] Transposed(float[] matrix, int rows, int columns) =>
        [.. Enumerable.Range(0, rows * columns).Select(at => matrix[(at % rows * columns) + (at / rows)])];
}
