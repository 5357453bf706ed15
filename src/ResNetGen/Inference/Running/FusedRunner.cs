using System.Runtime.InteropServices;
using ResNetGen.Architecture.Layers;
using ResNetGen.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Planning;

/// <summary>Operations as oneDNN primitives over one block of memory.</summary>
internal sealed class FusedRunner : IPlanRunner
{
    private readonly InferenceProgram _program;
    private readonly long[] _output;

    private FusedRunner(InferenceProgram program, long[] output) => (_program, _output) = (program, output);

    public bool IsFused => true;

    public string Description => FormattableString.Invariant(
        $"oneDNN {InferenceProgram.Version}, {_program.Steps.Count} steps, {Megabytes(_program.WeightBytes)} MB of weights, {Megabytes(_program.ArenaBytes)} MB for all maps");

    /// <summary>The program, for tests and profiles.</summary>
    public InferenceProgram Program => _program;

    /// <summary>Compiles a graph.</summary>
    /// <param name="graph">The operations.</param>
    /// <param name="outputIsVector">Whether a batch of the output is [n, C] and not [n, C, H, W].</param>
    /// <param name="batch">The most images of a run.</param>
    /// <param name="bfloat16">Whether maps and weights are bfloat16.</param>
    /// <param name="threads">Threads that compute.</param>
    /// <param name="layout">How feature maps lie in memory.</param>
    /// <exception cref="NotSupportedException">oneDNN is not here, or lacks a kernel for one of the operations.</exception>
    public static FusedRunner Compile(OperationGraph graph, bool outputIsVector, int batch, bool bfloat16, int threads, InferenceLayout layout)
    {
        var program = new InferenceProgram(batch, bfloat16, threads, layout);
        try
        {
            Dictionary<Map, int> values = new() { [graph.Input] = program.AddInput(graph.Input.Shape.Channels, graph.Input.Shape.Height, graph.Input.Shape.Width) };
            foreach (Operation operation in graph.Operations)
                values[operation.Output] = Add(program, operation, values);

            var last = graph.Output.Shape;
            program.Complete(values[graph.Output], checked((int)last.Elements));
            return new FusedRunner(program, outputIsVector ? [last.Channels] : [last.Channels, last.Height, last.Width]);
        }
        catch
        {
            program.Dispose();
            throw;
        }
    }

    public Tensor Run(Tensor images)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor plain = images.to(ScalarType.Float32, CPU).contiguous();
        Tensor result = empty([images.size(0), .. _output], ScalarType.Float32);
        _program.Run(MemoryMarshal.Cast<byte, float>(plain.bytes), MemoryMarshal.Cast<byte, float>(result.bytes));
        return result.MoveToOuterDisposeScope();
    }

    public void Dispose() => _program.Dispose();

    private static int Add(InferenceProgram program, Operation operation, Dictionary<Map, int> values)
    {
        string name = operation.Path;
        PointFunction after = operation is Activated { After: { } function } ? Function(function) : PointFunction.None;
        int? addend = operation is Adding { Addend: { } map } ? values[map] : null;
        switch (operation)
        {
            case Convolution conv:
                using (Tensor weight = conv.FoldedWeight())
                {
                    Conv2d layer = conv.Layer;
                    return program.AddConvolution(
                        name, values[conv.Input], weight, conv.Bias, layer.Stride, layer.ResolvedPadding, layer.Dilation, layer.Groups, addend, after);
                }

            case FullyConnected linear:
                return program.AddLinear(name, values[linear.Input], linear.Weight, linear.Bias, after);
            case ScaleShift scale:
                return program.AddScaleShift(name, values[scale.Input], scale.Scale, scale.Shift, after);
            case Apply apply:
                return program.AddFunction(name, values[apply.Input], Function(apply.Function));
            case Pool pool:
                return program.AddPool(name, values[pool.Input], pool.IsMean, pool.Kernel, pool.Stride, (pool.Padding, pool.Padding), pool.Over);
            case ZeroPad pad:
                return program.AddZeroPad(name, values[pad.Input], pad.Stride, pad.Before, pad.Output.Shape.Channels);
            case Sum sum:
                return program.AddSum(name, [.. sum.Terms.Select(term => values[term])], after);
            case Product product:
                return program.AddProduct(name, values[product.Input], values[product.Factor], addend, after);
            case Stack stack:
                return program.AddStack(name, [.. stack.Parts.Select(part => values[part])]);
            case Flattening flattening:
                return program.AddFlatten(name, values[flattening.Input]);
            default:
                throw new NotSupportedException($"{name}: there is no fused kernel for {operation.GetType().Name}.");
        }
    }

    private static PointFunction Function(Activation activation) => activation.Function switch
    {
        Architecture.Layers.Function.ReLU => PointFunction.ReLU,
        Architecture.Layers.Function.LeakyReLU => new(PointFunctionKind.LeakyReLU, (float)activation.NegativeSlope),
        Architecture.Layers.Function.GELU => new(PointFunctionKind.GELU),
        Architecture.Layers.Function.SiLU => new(PointFunctionKind.SiLU),
        Architecture.Layers.Function.Sigmoid => new(PointFunctionKind.Sigmoid),
        var other => throw new NotSupportedException($"{activation.Name} is {other}, which inference plans do not know."),
    };

    private static string Megabytes(long bytes) => FormattableString.Invariant($"{bytes / 1e6:0.0}");
}
