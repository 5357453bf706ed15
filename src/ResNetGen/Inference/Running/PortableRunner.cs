using ResNetGen.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Planning;

/// <summary>
/// Operations as TorchSharp calls, on any device and with any libtorch: normalisations still folded into convolutions, maps laid out
/// channels last where that can be chosen, and every map released at its last use.
/// </summary>
internal sealed class PortableRunner : IPlanRunner
{
    private readonly OperationGraph _graph;
    private readonly bool _outputIsVector;
    private readonly ScalarType _type;
    private readonly Device _device;
    private readonly Dictionary<Operation, Tensor[]> _weights = [];
    private readonly ILookup<Operation, Map> _lastReads;

    /// <summary>Copies the weights.</summary>
    /// <param name="graph">The operations.</param>
    /// <param name="outputIsVector">Whether a batch of the output is [n, C] and not [n, C, H, W].</param>
    /// <param name="bfloat16">Whether maps and weights are bfloat16.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="why">Why this way and not fused.</param>
    public PortableRunner(OperationGraph graph, bool outputIsVector, bool bfloat16, Device device, string why)
    {
        _graph = graph;
        _outputIsVector = outputIsVector;
        _type = bfloat16 ? ScalarType.BFloat16 : ScalarType.Float32;
        _device = device;
        Description = $"{graph.Operations.Count} operations of libtorch ({why})";
        _lastReads = graph.Operations
            .SelectMany(static operation => operation.Inputs.Distinct().Select(input => (Operation: operation, Input: input)))
            .GroupBy(static read => read.Input)
            .Select(static reads => (reads.Last().Operation, Input: reads.Key))
            .Where(read => read.Input != graph.Output && read.Input != graph.Input)
            .ToLookup(static read => read.Operation, static read => read.Input);
        foreach (Operation operation in graph.Operations)
            _weights[operation] = [.. Weights(operation).Select(Prepared)];
    }

    public bool IsFused => false;

    public string Description { get; }

    public Tensor Run(Tensor images)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        Tensor input = MemoryFormat.ChannelsLast(images.to(_type, _device));
        Dictionary<Map, Tensor> maps = new() { [_graph.Input] = input };
        foreach (Operation operation in _graph.Operations)
        {
            maps[operation.Output] = PortableOperations.Run(operation, maps, _weights[operation]);
            foreach (Map dead in _lastReads[operation])
            {
                if (!ReferenceEquals(maps[dead], maps[operation.Output]))
                    maps[dead].Dispose();
            }
        }

        Tensor output = maps[_graph.Output].to(ScalarType.Float32, images.device);
        output = _outputIsVector ? output.flatten(1) : output;
        // Rows last; and not the caller's memory, where nothing has been done to the images but to call them vectors.
        return (_graph.Operations.All(static operation => operation is Flattening) ? output.contiguous().clone() : output.contiguous().alias()).MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        foreach (Tensor weight in _weights.Values.SelectMany(static weights => weights))
            weight.Dispose();

        _weights.Clear();
    }

    // A copy that outlives the network.
    private Tensor Prepared(Tensor weight)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor own = weight.detach().to(_type, _device).clone();
        return (own.dim() == 4 ? MemoryFormat.ChannelsLast(own) : own).DetachFromDisposeScope();
    }

    private static IEnumerable<Tensor> Weights(Operation operation) => operation switch
    {
        Convolution { Bias: null } conv => [conv.FoldedWeight()],
        Convolution conv => [conv.FoldedWeight(), conv.Bias],
        FullyConnected linear => [linear.Weight, linear.Bias],
        ScaleShift scale => [scale.Scale.reshape(1, -1, 1, 1), scale.Shift.reshape(1, -1, 1, 1)],
        _ => [],
    };
}
