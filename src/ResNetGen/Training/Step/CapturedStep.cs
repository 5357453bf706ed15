using System.Runtime.InteropServices;
using ResNetGen.Data;
using ResNetGen.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Training;

/// <summary>
/// Steps that are recorded once, after a few made operation by operation, and replayed: forward, loss, backward, check, metrics and
/// update are one call. What changes from step to step lies in tensors: the batch (<see cref="StepSlots"/>), the learning rate
/// (<see cref="ParameterOptimizer.SetRate"/>), and the seed of torch's generator, which a replay asks for as it is then. So a step draws
/// what it would have drawn operation by operation, and a resumed run what an undisturbed one would have.
/// </summary>
/// <remarks>
/// Whether all is finite stays on the device and holds back the update there; <see cref="Settle"/> reads it. Batches of another size are
/// learned operation by operation.
/// </remarks>
internal sealed class CapturedStep : IStepRunner
{
    /// <summary>Steps before the recording: momenta begin, libraries choose their ways, kernels are compiled.</summary>
    public const int WarmUp = 3;

    private readonly TrainingStep _eager;
    private readonly StepParts _parts;
    private readonly Func<Action, IRecording> _record;
    private readonly Func<BatchSource> _again;
    private readonly Action<string> _warn;
    private readonly FusedGradients _gradients;
    private readonly GradientClip? _clip;
    private readonly Tensor _finiteSteps;
    private readonly Dictionary<bool, (StepSlots Slots, IRecording Recording)> _recorded = [];
    private readonly List<(long Iteration, double Rate)> _unsettled = [];
    private int _eagerSteps;
    private bool _refused;

    /// <param name="eager">Makes the first steps, and all that are not like the others.</param>
    /// <param name="parts">What a step consists of.</param>
    /// <param name="record">Records work without running it.</param>
    /// <param name="again">The training batches once more, to look at one that was not finite.</param>
    /// <param name="warn">Is told where recording is given up, and why.</param>
    public CapturedStep(TrainingStep eager, StepParts parts, Func<Action, IRecording> record, Func<BatchSource> again, Action<string> warn)
    {
        _eager = eager;
        _parts = parts;
        _record = record;
        _again = again;
        _warn = warn;
        _gradients = new FusedGradients([.. parts.Network.named_parameters().Select(static p => (p.name, p.parameter))]);
        _clip = parts.Recipe.ClipGradientNorm is { } most ? new GradientClip(parts.Network, most, _gradients) : null;
        _finiteSteps = zeros(1, dtype: ScalarType.Float32, device: parts.Plan.TorchDevice).DetachFromDisposeScope();
    }

    /// <summary>
    /// Whether steps can be recorded: the update reads its rate on the device, and what is mixed can be given to the loss as weights,
    /// which a loss of the user's own may not ask for.
    /// </summary>
    public static bool Takes(ParameterOptimizer optimizer, Recipe recipe) =>
        optimizer.CanCapture && FusedGradients.IsAvailable && (recipe.Mixing is null || recipe.Loss is CrossEntropy or BinaryCrossEntropy);

    /// <inheritdoc/>
    public void Run(Tensor images, Tensor labels, long iteration, double rate, RunningMetrics metrics)
    {
        if (_refused || labels.size(0) != _parts.Recipe.BatchSize || _eagerSteps < WarmUp)
        {
            RunEagerly(images, labels, iteration, rate, metrics);
            return;
        }

        MixDraw mix = _parts.Mix(images, iteration);
        if (!_recorded.TryGetValue(mix.Mixes, out (StepSlots Slots, IRecording Recording) step))
        {
            if (Record(images, labels, mix.Mixes, metrics) is not { } made)
            {
                RunEagerly(images, labels, iteration, rate, metrics);
                return;
            }

            _recorded.Add(mix.Mixes, step = made);
        }

        step.Slots.Fill(images, labels, mix);
        _parts.Optimizer.SetRate(rate);
        step.Recording.Replay();
        _unsettled.Add((iteration, rate));
        metrics.Count(labels.size(0));
        metrics.CountIteration();
    }

    /// <inheritdoc/>
    public void Settle(RunningMetrics metrics)
    {
        if (_unsettled.Count == 0)
        {
            return;
        }

        bool finite = _gradients.NotFinite.cpu().item<float>() == 0;
        int finiteSteps = (int)_finiteSteps.cpu().item<float>();
        (long Iteration, double Rate)[] steps = [.. _unsettled];
        _unsettled.Clear();
        using (no_grad())
        {
            _ = _finiteSteps.fill_(0);
        }

        if (!finite)
        {
            throw Explain(steps[finiteSteps], metrics);
        }
    }

    public void Dispose()
    {
        foreach ((StepSlots slots, IRecording recording) in _recorded.Values)
        {
            recording.Dispose();
            slots.Dispose();
        }

        _gradients.Dispose();
        _finiteSteps.Dispose();
        _eager.Dispose();
    }

    // What was recorded before may have been held back: an update on top of that would be another step's.
    private void RunEagerly(Tensor images, Tensor labels, long iteration, double rate, RunningMetrics metrics)
    {
        Settle(metrics);
        _eager.Run(images, labels, iteration, rate, metrics);
        _eagerSteps++;
    }

    private (StepSlots Slots, IRecording Recording)? Record(Tensor images, Tensor labels, bool mixes, RunningMetrics metrics)
    {
        StepSlots slots = new(images, labels, mixes, _parts.Recipe, _parts.Classes, _parts.Plan.TorchDevice);
        try
        {
            return (slots, _record(() => Work(slots, metrics)));
        }
        catch (ExternalException e)
        {
            // Whatever the failed recording left: nothing of it has run.
            slots.Dispose();
            _parts.Network.zero_grad(set_to_none: true);
            _refused = true;
            _warn($"The step cannot be recorded as a CUDA graph and is made operation by operation, slower: {e.Message}");
            return null;
        }
    }

    /// <summary>What is recorded: waits for nothing, and reads no number of the processor's that changes.</summary>
    private void Work(StepSlots slots, RunningMetrics metrics)
    {
        using DisposeScope scope = NewDisposeScope();
        foreach (SubBatch part in SubBatch.Of(slots.Labels.size(0), _parts.Recipe.GhostBatch ?? _parts.Recipe.MicroBatch))
        {
            using DisposeScope one = NewDisposeScope();
            Targets targets = slots.Targets(part);
            Tensor logits = TrainingStep.Forward(_parts.Network, _parts.Plan, part.Take(slots.Images, slots.Images.device));
            Tensor loss = _parts.Recipe.Loss.Compute(logits, targets);
            (part.IsWhole ? loss : loss.mul((double)part.Count / part.Whole)).backward();
            Finite.Mark([loss], _gradients.NotFinite);
            metrics.AddSums(loss, logits, targets.Labels);
        }

        if (_clip is null)
        {
            // With it they are measured for their norm.
            _gradients.Measure();
        }

        StepCondition condition = new() { Scale = _clip?.Apply(within: _parts.Optimizer.TakesConditions), NotFinite = _gradients.NotFinite };
        _parts.Optimizer.Apply(condition);
        _parts.Network.zero_grad(set_to_none: true);
        _parts.Average?.Update(condition with { Scale = null });
        using IDisposable guard = no_grad();
        _ = _finiteSteps.add_(1 - _gradients.NotFinite);
    }

    /// <summary>Makes the step again, operation by operation: the weights are still those that it was made with.</summary>
    private NotFiniteException Explain((long Iteration, double Rate) step, RunningMetrics metrics)
    {
        NotFiniteException? found = null;
        using BatchSource batches = _again();
        using Batch batch = batches.Next(step.Iteration, CancellationToken.None);
        RunGenerators.Begin(_parts.Seed, step.Iteration);
        try
        {
            _eager.Run(batch.Images, batch.Labels, step.Iteration, step.Rate, metrics);
        }
        catch (NotFiniteException e)
        {
            found = e;
        }

        found ??= new NotFiniteException("the loss or a gradient is not finite",
            "When the step was made again, operation by operation, all its values were finite: the arithmetic is at its edge, or a device fails.", null);
        (found.Iteration, found.Rate) = (step.Iteration, step.Rate);
        return found;
    }
}
