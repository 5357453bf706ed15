using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Training;

/// <summary>
/// LAMB in plain tensor operations: norms and ratios stay on the device, so that a step waits for nothing. Means and squares
/// are there from the start; the step count lies among them as a tensor of one number.
/// </summary>
internal sealed class LambOptimizer : ParameterOptimizer
{
    private readonly Lamb _settings;
    private readonly Slot[] _slots;
    private readonly Tensor _count;

    // The same number as _count holds, on this side of the device.
    private long _steps;

    public LambOptimizer(Lamb settings, IReadOnlyList<ParameterGroup> groups)
    {
        _settings = settings;
        using IDisposable guard = no_grad();
        _slots =
        [
            .. groups.SelectMany(static group => group.Parameters.Select(p => new Slot(
                p.Name, p.Parameter, group.WeightDecay,
                zeros_like(p.Parameter).DetachFromDisposeScope(), zeros_like(p.Parameter).DetachFromDisposeScope()))),
        ];
        _count = zeros(1, dtype: ScalarType.Int64).DetachFromDisposeScope();
    }

    public override void Step(double rate)
    {
        using IDisposable guard = no_grad();
        using DisposeScope scope = NewDisposeScope();
        _steps++;
        _count.fill_(_steps);
        (Slot Slot, Tensor Gradient)[] live =
            [.. _slots.Select(static slot => (slot, Gradient: slot.Parameter.grad!)).Where(static pair => pair.Gradient is not null)];
        if (live.Length == 0)
        {
            return;
        }

        Tensor? excess = _settings.MaxGradientNorm is { } most
            ? GradientNorm.Of(live.Select(static pair => pair.Gradient)).div_(most).clamp_(min: 1)
            : null;
        foreach ((Slot slot, Tensor gradient) in live)
        {
            // What an operation makes is freed with its parameter, not at the end of the step.
            using DisposeScope one = NewDisposeScope();
            Update(slot, excess is null ? gradient : gradient.div_(excess), rate);
        }
    }

    private void Update(Slot slot, Tensor gradient, double rate)
    {
        slot.Mean.mul_(_settings.Beta1).add_(gradient, alpha: 1 - _settings.Beta1);
        slot.Square.mul_(_settings.Beta2).addcmul_(gradient, gradient, 1 - _settings.Beta2);
        double correction = 1 - Math.Pow(_settings.Beta1, _steps);
        double squareCorrection = 1 - Math.Pow(_settings.Beta2, _steps);
        Tensor root = slot.Square.sqrt().div_(Math.Sqrt(squareCorrection)).add_(_settings.Epsilon);
        Tensor update = slot.Mean.div(correction).div_(root);
        if (slot.WeightDecay != 0)
        {
            update.add_(slot.Parameter, alpha: slot.WeightDecay);
            update.mul_(TrustRatio(slot.Parameter.norm(), update.norm()));
        }

        slot.Parameter.add_(update, alpha: -rate);
    }

    /// <summary>|weight| / |step|, or 1 where either is nothing.</summary>
    private static Tensor TrustRatio(Tensor weight, Tensor step)
    {
        Tensor one = ones_like(weight);
        return where(weight.gt(0), where(step.gt(0), weight.div(step), one), one);
    }

    public override IReadOnlyDictionary<string, Tensor> Capture() => LambState.Capture(Parameters, Means, Squares, _count);

    public override void Restore(IReadOnlyDictionary<string, Tensor> saved) => _steps = LambState.Restore(saved, Parameters, Means, Squares, _count);

    private (string Name, Parameter Parameter)[] Parameters => [.. _slots.Select(static slot => (slot.Name, slot.Parameter))];

    private Tensor[] Means => [.. _slots.Select(static slot => slot.Mean)];

    private Tensor[] Squares => [.. _slots.Select(static slot => slot.Square)];

    protected override void Dispose(bool disposing)
    {
        foreach (Slot slot in _slots)
        {
            slot.Mean.Dispose();
            slot.Square.Dispose();
        }

        _count.Dispose();
    }

    private sealed record Slot(string Name, Parameter Parameter, double WeightDecay, Tensor Mean, Tensor Square);
}
