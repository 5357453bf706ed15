using ResNetGen.Architecture.Layers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResNetGen.Planning;

/// <summary>What each operation is in TorchSharp's calls. Maps are [n, C, H, W] throughout, vectors [n, C, 1, 1].</summary>
internal static class PortableOperations
{
    /// <summary>Runs an operation.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="maps">What those before it gave; nothing but its addend is written over.</param>
    /// <param name="weights">Its weights, in the order of its properties.</param>
    public static Tensor Run(Operation operation, IReadOnlyDictionary<Map, Tensor> maps, Tensor[] weights)
    {
        Tensor output = Compute(operation, maps, weights);
        if (operation is Adding { Addend: { } addend })
            output = maps[addend].add_(output);

        return operation is Activated { After: { } after } ? Apply(after, output, inplace: true) : output;
    }

    private static Tensor Compute(Operation operation, IReadOnlyDictionary<Map, Tensor> maps, Tensor[] weights) => operation switch
    {
        Convolution conv => Convolve(conv.Layer, maps[conv.Input], weights),
        FullyConnected linear => functional.linear(maps[linear.Input].flatten(1), weights[0], weights[1]).unsqueeze(-1).unsqueeze(-1),
        ScaleShift scale => maps[scale.Input].mul(weights[0]).add_(weights[1]),
        Apply apply => Apply(apply.Function, maps[apply.Input], inplace: false),
        Product product => maps[product.Input].mul(maps[product.Factor]),
        Sum sum => Add(sum.Terms, maps),
        Stack stack => cat([.. stack.Parts.Select(part => maps[part])], 1),
        Pool { IsMean: true } pool => functional.avg_pool2d(
            maps[pool.Input], [pool.Kernel.Height, pool.Kernel.Width], [pool.Stride.Height, pool.Stride.Width], [pool.Padding, pool.Padding],
            ceil_mode: pool.CountsPartial, count_include_pad: false),
        Pool pool => functional.max_pool2d(
            maps[pool.Input], [pool.Kernel.Height, pool.Kernel.Width], [pool.Stride.Height, pool.Stride.Width], [pool.Padding, pool.Padding]),
        UnevenGrid grid => functional.adaptive_avg_pool2d(maps[grid.Input], [grid.Output.Shape.Height, grid.Output.Shape.Width]),
        ZeroPad pad => Pad(pad, maps[pad.Input]),
        Flattening flattening => maps[flattening.Input].flatten(1).unsqueeze(-1).unsqueeze(-1),
        _ => throw new NotSupportedException($"{operation.Path}: {operation.GetType().Name} cannot be run."),
    };

    private static Tensor Convolve(Conv2d layer, Tensor input, Tensor[] weights)
    {
        long padding = layer.ResolvedPadding;
        return functional.conv2d(
            input, weights[0], weights.ElementAtOrDefault(1), [layer.Stride, layer.Stride], [padding, padding], [layer.Dilation, layer.Dilation], layer.Groups);
    }

    private static Tensor Add(IReadOnlyList<Map> terms, IReadOnlyDictionary<Map, Tensor> maps)
    {
        Tensor sum = maps[terms[0]].add(maps[terms[1]]);
        foreach (Map term in terms.Skip(2))
            sum.add_(maps[term]);

        return sum;
    }

    private static Tensor Pad(ZeroPad pad, Tensor input)
    {
        Tensor sampled = pad.Stride == 1 ? input : input.slice(2, 0, input.size(2), pad.Stride).slice(3, 0, input.size(3), pad.Stride);
        long after = pad.Output.Shape.Channels - input.size(1) - pad.Before;
        return functional.pad(sampled, [0L, 0, 0, 0, pad.Before, after]);
    }

    private static Tensor Apply(Activation activation, Tensor input, bool inplace) => activation.Function switch
    {
        Function.ReLU => functional.relu(input, inplace),
        Function.LeakyReLU => functional.leaky_relu(input, activation.NegativeSlope, inplace),
        Function.GELU => functional.gelu(input),
        Function.SiLU => functional.silu(input, inplace),
        Function.Sigmoid => functional.sigmoid(input, inplace),
        var other => throw new NotSupportedException($"{activation.Name} is {other}, which inference plans do not know."),
    };
}
