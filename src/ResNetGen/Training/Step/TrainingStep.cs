using ResNetGen.Data;
using ResNetGen.Distributed;
using ResNetGen.Native;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Training;

/// <summary>
/// One step: forward, loss, backward, update. On the CPU everything is done when it returns. On CUDA the batch is
/// copied from pageable memory, which waits for the steps before; before the update two numbers are waited for, which say that
/// loss and gradients are finite; everything else is only queued.
/// </summary>
internal sealed class TrainingStep : IStepRunner
{
    private readonly nn.Module<Tensor, Tensor> _network;
    private readonly ParameterOptimizer _optimizer;
    private readonly MovingAverage? _average;
    private readonly ComputePlan _plan;
    private readonly Recipe _recipe;
    private readonly long _seed;
    private readonly Device _device;
    private readonly FusedGradients? _gradients;
    private readonly FiniteGuard _guard;
    private readonly GradientClip? _clip;
    private readonly StatisticsCopy _statistics;
    private readonly StepExchange _exchange;
    private readonly int _own;

    /// <param name="network">The network.</param>
    /// <param name="optimizer">Changes its parameters.</param>
    /// <param name="average">Follows them, or null.</param>
    /// <param name="plan">Where and how it computes.</param>
    /// <param name="recipe">What a step consists of.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="ranks">Who else makes the step, each with a part of the batch; null for nobody.</param>
    public TrainingStep(
        nn.Module<Tensor, Tensor> network, ParameterOptimizer optimizer, MovingAverage? average, ComputePlan plan, Recipe recipe, long seed, Ranks? ranks = null)
    {
        ranks ??= Ranks.One;
        _network = network;
        _optimizer = optimizer;
        _average = average;
        _plan = plan;
        _recipe = recipe;
        _seed = seed;
        _device = plan.TorchDevice;
        (string, Parameter)[] parameters = [.. network.named_parameters().Select(static p => (p.name, p.parameter))];
        _gradients = FusedGradients.IsAvailable ? new FusedGradients(parameters) : null;
        _guard = new FiniteGuard(network, plan, _gradients);
        _clip = recipe.ClipGradientNorm is { } most ? new GradientClip(network, most, _gradients) : null;
        _statistics = new StatisticsCopy(network);
        _exchange = new StepExchange(ranks, parameters);
        _own = recipe.BatchSize / ranks.Count;
    }

    /// <summary>What carries gradients to other ranks and back, null where there are none.</summary>
    public string? ExchangeWay => _exchange.Way;

    /// <summary>What the user should know of that, or null.</summary>
    public string? ExchangeWarning => _exchange.Warning;

    /// <summary>Learns from one batch.</summary>
    /// <param name="batch">The batch; it may be disposed afterwards.</param>
    /// <param name="iteration">Iterations already done.</param>
    /// <param name="rate">The learning rate of this step.</param>
    /// <param name="metrics">Gets loss and errors.</param>
    /// <exception cref="NotFiniteException">The loss or a gradient is not finite; the network is what it was before the step.</exception>
    public void Run(Batch batch, long iteration, double rate, RunningMetrics metrics) =>
        Run(batch.Images, batch.Labels, iteration, rate, metrics);

    /// <inheritdoc/>
    public void Run(Tensor images, Tensor labels, long iteration, double rate, RunningMetrics metrics)
    {
        MixDraw mix = _recipe.Mixing is { } mixing
            ? MixDraw.Of(mixing, _seed, iteration, (int)images.size(2), (int)images.size(3))
            : MixDraw.None;
        _statistics.Keep();
        try
        {
            using DisposeScope scope = NewDisposeScope();
            LearnAll(StepPictures.Of(images, labels, _exchange.IsOn ? _own : labels.size(0)), mix, metrics);
        }
        catch (NotFiniteException)
        {
            _statistics.PutBack();
            throw;
        }

        Update(rate);

        // Gradients are freed, not zeroed: the next forward pass has their memory, and nothing has to be filled.
        ClearGradients();
        _average?.Update();
        metrics.CountIteration();
    }

    /// <summary>Nothing is open: each step was waited for.</summary>
    public void Settle(RunningMetrics metrics)
    {
    }

    /// <summary>The gradients of all parts of a batch, and the promise that they are finite.</summary>
    private void LearnAll(StepPictures pictures, MixDraw mix, RunningMetrics metrics)
    {
        SubBatch[] parts = [.. SubBatch.Of(pictures.Labels.size(0), _recipe.GhostBatch ?? _recipe.MicroBatch)];

        // The weights change only after the last part.
        using (parts.Length > 1 ? _plan.KeepCasts() : null)
        using (_exchange.Statistics())
        {
            foreach (SubBatch part in parts)
            {
                _exchange.Begin(part);
                Learn(pictures, part, mix, metrics);
            }
        }

        _exchange.Finish();
        if (_exchange.IsOn && !_guard.GradientsAreFinite())
        {
            throw _exchange.Explain((loss, part) => _guard.InForward(loss, Input(part)), () => _guard.InBackward(Input(parts[^1])));
        }

        if (!_exchange.IsOn)
        {
            _guard.RequireGradients(() => Input(parts[^1]));
        }

        _exchange.Clear();

        Tensor Input(SubBatch part) => pictures.Input(part, mix, _device);
    }

    private void Update(double rate)
    {
        using Tensor? scale = _clip?.Apply(within: _optimizer.TakesConditions);
        if (scale is null)
        {
            _optimizer.Step(rate);
        }
        else
        {
            _optimizer.Step(rate, new StepCondition { Scale = scale });
        }
    }

    private void ClearGradients()
    {
        if (_gradients is null)
        {
            _network.zero_grad(set_to_none: true);
        }
        else
        {
            _gradients.Clear();
        }
    }

    /// <summary>Adds one part's gradients; those of all parts are the gradients of the batch's mean loss.</summary>
    private void Learn(StepPictures pictures, SubBatch part, MixDraw mix, RunningMetrics metrics)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor input = pictures.Input(part, mix, _device);
        Targets targets = pictures.Targets(part, mix, _recipe.LabelSmoothing, _device);
        Tensor logits = Forward(_network, _plan, input);
        Tensor loss = _recipe.Loss.Compute(logits, targets);
        Tensor whole = _exchange.Marked(loss, part);
        (part.IsWhole ? whole : whole.mul((double)part.Count / part.Whole)).backward();
        if (!_exchange.IsOn)
        {
            _guard.RequireLoss(loss, input);
        }

        metrics.Add(loss, logits, targets.Main);
    }

    public void Dispose()
    {
        _exchange.Dispose();
        _gradients?.Dispose();
        _statistics.Dispose();
    }

    /// <summary>The network's logits in fp32, [N, classes]; autocast ends with the forward pass.</summary>
    public static Tensor Forward(nn.Module<Tensor, Tensor> network, ComputePlan plan, Tensor images)
    {
        Tensor output;
        using (plan.EnableAutocast())
        {
            output = network.call(images);
        }

        return output.dtype == ScalarType.Float32 ? output : output.to(ScalarType.Float32);
    }
}
