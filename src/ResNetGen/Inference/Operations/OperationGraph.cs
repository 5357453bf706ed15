using ResNetGen.Architecture;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Planning;

/// <summary>A network in evaluation as operations, each after those that it reads from.</summary>
/// <param name="Operations">The operations.</param>
/// <param name="Input">The images.</param>
/// <param name="Output">What the last layer gives.</param>
internal sealed record OperationGraph(IReadOnlyList<Operation> Operations, Map Input, Map Output)
{
    /// <summary>The operations of a network as its layers say them, none fused.</summary>
    /// <param name="architecture">The network.</param>
    /// <param name="state">Its tensors by key.</param>
    /// <exception cref="InvalidOperationException">The tensors are not those of the architecture.</exception>
    public static OperationGraph Of(NetworkArchitecture architecture, IReadOnlyDictionary<string, Tensor> state)
    {
        var plan = new PlanBuilder(architecture.Name, state);
        var input = new Map(architecture.Input);
        Map output = PlanLayers.Add(plan, architecture.Root, "", input);
        return new OperationGraph(plan.Operations, input, output);
    }

    /// <summary>The same computation in fewer operations.</summary>
    public OperationGraph Fused() => ActivationFusion.Fuse(SumFusion.Fuse(ScaleFusion.Fuse(this)));

    /// <summary>How often each map is read, by operations and by whoever takes the output.</summary>
    public Dictionary<Map, int> Readers()
    {
        var readers = new Dictionary<Map, int> { [Output] = 1 };
        foreach (Map input in Operations.SelectMany(static operation => operation.Inputs))
            readers[input] = readers.GetValueOrDefault(input) + 1;

        return readers;
    }
}
