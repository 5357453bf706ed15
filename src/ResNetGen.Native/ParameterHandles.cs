using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Native;

/// <summary>Parameters by name, and their native handles for a call about all of them.</summary>
internal sealed class ParameterHandles
{
    private readonly (string Name, Parameter Parameter)[] _parameters;
    private readonly IntPtr[] _handles;

    public ParameterHandles(IEnumerable<(string Name, Parameter Parameter)> parameters)
    {
        _parameters = [.. parameters];
        _handles = new IntPtr[_parameters.Length];
    }

    public int Count => _parameters.Length;

    public Parameter this[int index] => _parameters[index].Parameter;

    public string Name(int index) => _parameters[index].Name;

    /// <summary>
    /// The handles as they are now. Whoever moves a network to another device or type makes new parameters; what holds the old
    /// ones would go on changing weights that nobody computes with.
    /// </summary>
    /// <exception cref="InvalidOperationException">A parameter is no longer there.</exception>
    public IntPtr[] Get()
    {
        for (int i = 0; i < _parameters.Length; i++)
        {
            (string name, Parameter parameter) = _parameters[i];
            if (parameter.IsInvalid)
                throw new InvalidOperationException(
                    $"The parameter \"{name}\" was disposed after the optimizer was made, as network.to(...) does, which puts new parameters in the place of the old. Move the network first, then make the optimizer.");
            _handles[i] = parameter.Handle;
        }
        return _handles;
    }

    /// <summary>Tensors of zeros like the parameters, in shared buffers and in no dispose scope.</summary>
    public Tensor[] Like() => [.. FlatStorage.Like(_parameters.Select(static p => p.Parameter))];

    public static IntPtr[] Of(Tensor[] tensors) => Array.ConvertAll(tensors, static tensor => tensor.Handle);
}
