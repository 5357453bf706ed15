using ResNetGen.Native;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Training;

/// <summary>The native library's SGD, with its momentum under the names of the parameters: to the bit what <see cref="SgdOptimizer"/> computes.</summary>
internal sealed class FusedSgdOptimizer : ParameterOptimizer
{
    private const string Suffix = ".momentum_buffer";

    private readonly FusedSgd _optimizer;
    private readonly (string Name, Parameter Parameter)[] _parameters;
    private Tensor? _rate;

    public FusedSgdOptimizer(Sgd settings, IReadOnlyList<ParameterGroup> groups)
    {
        _parameters = [.. groups.SelectMany(static group => group.Parameters)];
        _optimizer = new FusedSgd(
            _parameters, [.. groups.SelectMany(static group => group.Parameters.Select(_ => group.WeightDecay))], settings.Momentum, settings.Nesterov);
    }

    public override void Step(double rate) => _optimizer.Step(rate);

    internal override bool TakesConditions => true;

    internal override void Step(double rate, StepCondition condition) => _optimizer.Step(rate, condition);

    internal override bool CanCapture => _optimizer.CanCapture;

    internal override void SetRate(double rate)
    {
        using IDisposable guard = no_grad();
        _rate ??= zeros(1, dtype: ScalarType.Float32, device: _parameters[0].Parameter.device).DetachFromDisposeScope();
        _rate.fill_(rate);
    }

    internal override void Apply(StepCondition condition) => _optimizer.Step(rate: 0, condition with { Rate = _rate });

    public override IReadOnlyDictionary<string, Tensor> Capture()
    {
        Dictionary<string, Tensor> buffers = new(StringComparer.Ordinal);
        for (int i = 0; i < _parameters.Length; i++)
        {
            if (_optimizer.Momentum(i) is { } buffer)
            {
                buffers.Add(_parameters[i].Name + Suffix, buffer);
            }
        }

        return buffers;
    }

    public override void Restore(IReadOnlyDictionary<string, Tensor> saved)
    {
        for (int i = 0; i < _parameters.Length; i++)
        {
            (string name, Parameter parameter) = _parameters[i];
            Tensor? buffer = saved.GetValueOrDefault(name + Suffix);
            if (buffer is not null)
            {
                RequireShape(parameter, name + Suffix, buffer);
            }

            _optimizer.SetMomentum(i, buffer);
        }
    }

    protected override void Dispose(bool disposing)
    {
        _optimizer.Dispose();
        _rate?.Dispose();
    }
}
