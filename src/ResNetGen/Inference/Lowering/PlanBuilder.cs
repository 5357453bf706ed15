using ResNetGen.Architecture;
using ResNetGen.Architecture.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Planning;

/// <summary>Collects the operations of a network as its layers say them, one each; what they can share is found later.</summary>
/// <param name="network">The network's name.</param>
/// <param name="state">Its tensors by key, on the CPU or not, in any floating-point type.</param>
internal sealed class PlanBuilder(string network, IReadOnlyDictionary<string, Tensor> state)
{
    private readonly List<Operation> _operations = [];

    /// <summary>The operations so far, each after those that it reads from.</summary>
    public IReadOnlyList<Operation> Operations => _operations;

    /// <summary>Adds an operation.</summary>
    /// <returns>What it gives.</returns>
    public Map Add(Operation operation)
    {
        _operations.Add(operation);
        return operation.Output;
    }

    /// <summary>A tensor of the network; it stays the network's.</summary>
    /// <exception cref="InvalidOperationException">The module has none of that name and shape.</exception>
    public Tensor Weight(string path, string entry, params long[] shape)
    {
        string key = Layer.Join(path, entry);
        Tensor? tensor = state.GetValueOrDefault(key);
        if (tensor is not null && tensor.shape.SequenceEqual(shape))
            return tensor;

        string found = tensor is null ? "nothing" : $"[{string.Join(", ", tensor.shape)}]";
        throw new InvalidOperationException(
            $"{network} is not what its architecture says: {key}: expected [{string.Join(", ", shape)}], found {found}.");
    }

    /// <summary>A vector of the network, one number a channel, in 64 bits.</summary>
    /// <inheritdoc cref="Weight" path="/exception"/>
    public Tensor Vector(string path, string entry, int channels) => Weight(path, entry, channels).to(ScalarType.Float64);

    /// <summary>Multiplies all elements by one number.</summary>
    public Map Scaled(string path, Map input, double factor, double offset = 0)
    {
        if (factor == 1 && offset == 0)
            return input;

        Device device = state.Values.FirstOrDefault()?.device ?? CPU;
        Tensor scale = full([input.Shape.Channels], factor, ScalarType.Float64, device);
        Tensor shift = full([input.Shape.Channels], offset, ScalarType.Float64, device);
        return Add(new ScaleShift(path, scale, shift, input, new Map(input.Shape)));
    }
}
