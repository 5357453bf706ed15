using ResNetGen.Native;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Training;

/// <summary>The native library's LAMB, with its state under the names that <see cref="LambOptimizer"/> gives it.</summary>
internal sealed class FusedLambOptimizer : ParameterOptimizer
{
    private readonly Lamb _settings;
    private readonly (string Name, Parameter Parameter)[] _parameters;
    private readonly FusedLamb _optimizer;
    private readonly FusedGradients _gradients;
    private readonly Tensor _count;

    // The same number as _count holds, on this side of the device.
    private long _steps;

    public FusedLambOptimizer(Lamb settings, IReadOnlyList<ParameterGroup> groups)
    {
        _settings = settings;
        _parameters = [.. groups.SelectMany(static group => group.Parameters)];
        double[] decay = [.. groups.SelectMany(static group => group.Parameters.Select(_ => group.WeightDecay))];
        _optimizer = new FusedLamb(_parameters, decay, settings.Beta1, settings.Beta2, settings.Epsilon);
        _gradients = new FusedGradients(_parameters);
        _count = zeros(1, dtype: ScalarType.Int64).DetachFromDisposeScope();
    }

    public override void Step(double rate) => Step(rate, default);

    internal override bool TakesConditions => true;

    internal override void Step(double rate, StepCondition condition)
    {
        using IDisposable guard = no_grad();
        using DisposeScope scope = NewDisposeScope();
        _steps++;
        _count.fill_(_steps);
        if (_settings.MaxGradientNorm is { } most)
        {
            condition = condition with { Scale = Shorten(condition.Scale, most) };
        }

        _optimizer.Step(rate, _steps, condition);
    }

    /// <summary>What gradients are multiplied by so that, after <paramref name="scale"/>, they are no longer than allowed.</summary>
    private Tensor Shorten(Tensor? scale, double most)
    {
        _gradients.Measure();
        Tensor norm = scale is null ? _gradients.Norm() : _gradients.Norm().mul(scale);
        Tensor factor = full_like(norm, most).div_(norm).clamp_(max: 1);
        return (scale is null ? factor : factor.mul(scale)).to(ScalarType.Float32);
    }

    public override IReadOnlyDictionary<string, Tensor> Capture() => LambState.Capture(_parameters, _optimizer.Means, _optimizer.Squares, _count);

    public override void Restore(IReadOnlyDictionary<string, Tensor> saved) =>
        _steps = LambState.Restore(saved, _parameters, _optimizer.Means, _optimizer.Squares, _count);

    protected override void Dispose(bool disposing)
    {
        _optimizer.Dispose();
        _gradients.Dispose();
        _count.Dispose();
    }
}
