using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Training;

/// <summary>torch's own SGD, with its momentum under the names of the parameters.</summary>
internal sealed class SgdOptimizer : ParameterOptimizer
{
    private const string Suffix = ".momentum_buffer";

    private readonly SGD _optimizer;
    private readonly (string Name, Parameter Parameter)[] _parameters;

    public SgdOptimizer(Sgd settings, IReadOnlyList<ParameterGroup> groups)
    {
        _parameters = [.. groups.SelectMany(static group => group.Parameters)];
        _optimizer = optim.SGD(
            [.. groups.Where(static group => group.Parameters.Count > 0).Select(group => new SGD.ParamGroup(
                group.Parameters.Select(static p => p.Parameter), 0, settings.Momentum, 0, group.WeightDecay, settings.Nesterov))],
            learningRate: 0,
            momentum: settings.Momentum,
            nesterov: settings.Nesterov);
    }

    public override void Step(double rate)
    {
        foreach (optim.ILearningRateController group in _optimizer.ParamGroups)
        {
            group.LearningRate = rate;
        }

        _optimizer.step();
    }

    public override IReadOnlyDictionary<string, Tensor> Capture()
    {
        Dictionary<string, Tensor> buffers = new(StringComparer.Ordinal);
        foreach ((string name, _, SGD.State state) in States())
        {
            if (state.momentum_buffer is { } buffer)
            {
                buffers.Add(name + Suffix, buffer);
            }
        }

        return buffers;
    }

    public override void Restore(IReadOnlyDictionary<string, Tensor> saved)
    {
        foreach ((string name, Parameter parameter, SGD.State state) in States())
        {
            state.momentum_buffer?.Dispose();
            state.momentum_buffer = null!;
            if (saved.TryGetValue(name + Suffix, out Tensor? buffer))
            {
                state.momentum_buffer = CopyLike(parameter, name + Suffix, buffer);
            }
        }
    }

    protected override void Dispose(bool disposing) => _optimizer.Dispose();

    /// <summary>torch numbers its states in the order of the groups, which is that of the parameters here.</summary>
    private IEnumerable<(string Name, Parameter Parameter, SGD.State State)> States()
    {
        optim.Optimizer.StateDictionary all = _optimizer.state_dict();
        int position = 0;
        foreach (int index in all.StateIndexRef.SelectMany(static group => group))
        {
            (string name, Parameter parameter) = _parameters[position++];
            yield return (name, parameter, (SGD.State)all.State[index]);
        }
    }
}
