using ResNetGen.Checkpoints;
using ResNetGen.Distributed;
using ResNetGen.Evaluation;
using ResNetGen.Native;
using ResNetGen.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Training;

/// <summary>
/// All that a run changes: the network, its optimizer, the average of its weights, the sums of the metrics, and how far it has come; put
/// down as what a checkpoint holds, and taken up from that.
/// </summary>
internal sealed class RunState : IDisposable
{
    private readonly Recipe _recipe;

    /// <summary>Brings a network to where it is trained; the network stays the caller's.</summary>
    public RunState(nn.Module<Tensor, Tensor> network, Recipe recipe, ComputePlan plan, Ranks ranks)
    {
        Network = network;
        _recipe = recipe;

        // Moving makes new parameters, so the optimizer comes after.
        Network.to(plan.TorchDevice);
        if (plan.ChannelsLast)
        {
            MemoryFormat.ChannelsLast(Network);
        }

        Network.train();
        Optimizer = recipe.Optimizer.Create(DecayGroups.Of(Network, recipe.WeightDecayOn).Parameters(Network, recipe.WeightDecay));
        Average = recipe.Average is { } average ? new MovingAverage(Network, average.Decay) : null;
        Metrics = new RunningMetrics(plan.TorchDevice, ranks);
    }

    /// <summary>The network, in training mode.</summary>
    public nn.Module<Tensor, Tensor> Network { get; }

    /// <summary>Changes its parameters.</summary>
    public ParameterOptimizer Optimizer { get; }

    /// <summary>Follows them, or null.</summary>
    public MovingAverage? Average { get; }

    /// <summary>The sums that steps add to.</summary>
    public RunningMetrics Metrics { get; }

    /// <summary>How far the run has come.</summary>
    public RunProgress Progress { get; set; } = new();

    /// <summary>Which weights are evaluated.</summary>
    public EvaluatedWeights Evaluated => _recipe.Average?.Evaluate ?? EvaluatedWeights.Raw;

    /// <summary>The score, and that of the averaged weights where the recipe asks for both.</summary>
    public (Score Score, Score? Averaged) Evaluate(Func<Score> test)
    {
        Score? raw = Evaluated == EvaluatedWeights.Average ? null : test();
        if (Evaluated == EvaluatedWeights.Raw)
        {
            return (raw!, null);
        }

        using IDisposable averages = Average!.PutIn();
        Score averaged = test();
        return raw is null ? (averaged, null) : (raw, averaged);
    }

    /// <summary>Takes up what a checkpoint holds.</summary>
    /// <param name="state">What it holds.</param>
    /// <param name="path">The checkpoint, for messages.</param>
    /// <exception cref="CheckpointException">Something is missing or has another shape.</exception>
    public void Restore(TrainingState state, string path)
    {
        using IDisposable guard = no_grad();
        foreach ((string name, Tensor tensor) in Network.state_dict())
        {
            if (!state.Model.TryGetValue(name, out Tensor? saved) || !saved.shape.SequenceEqual(tensor.shape))
            {
                throw new CheckpointException(path, $"its \"{name}\" is missing or has another shape.");
            }

            // Values only: layout, device and identity stay the parameter's own.
            tensor.copy_(saved);
        }

        try
        {
            Optimizer.Restore(state.Optimizer);
            Average?.Restore(state.Averages);
        }
        catch (FormatException e)
        {
            throw new CheckpointException(path, e.Message, e);
        }

        if (state.RandomStates.TryGetValue("cpu", out Tensor? random))
        {
            set_rng_state(random);
        }

        try
        {
            Progress = RunProgress.FromExtra(state.Position.Iteration, state.Extra, Metrics);
        }
        catch (Exception e) when (e is FormatException or KeyNotFoundException or OverflowException)
        {
            throw new CheckpointException(path, $"it does not say how far its run was. {e.Message}", e);
        }
    }

    /// <summary>What a checkpoint of this moment holds: the run's own tensors, but for the random state, which is the caller's.</summary>
    /// <param name="identity">What run it is.</param>
    /// <param name="record">What whoever loads the weights must know.</param>
    /// <param name="iterationsPerEpoch">Iterations of one pass.</param>
    /// <param name="sums">The sums of the metrics.</param>
    /// <param name="elapsed">Seconds of training so far.</param>
    /// <param name="random">The state of torch's generator.</param>
    public TrainingState Capture(RunIdentity identity, WeightRecord record, int iterationsPerEpoch, MetricSums sums, double elapsed, Tensor random)
    {
        long iteration = Progress.Iteration;
        (long epoch, long within) = Math.DivRem(iteration, iterationsPerEpoch);
        return new TrainingState
        {
            Identity = identity,
            Record = record,
            Position = new TrainingPosition(iteration, checked((int)epoch), (int)within, iteration * _recipe.BatchSize),
            TestError = Progress.LastEvaluation is { } last && last.Iteration == iteration ? last.Error : null,
            TestErrorOf = (Evaluated == EvaluatedWeights.Average ? CheckpointGroup.Averages : CheckpointGroup.Model).Name,
            Model = Network.state_dict(),
            Optimizer = Optimizer.Capture(),
            Averages = Average?.Capture() ?? new Dictionary<string, Tensor>(),
            RandomStates = new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["cpu"] = random },
            Extra = Progress.ToExtra(sums, Metrics, elapsed),
        };
    }

    public void Dispose()
    {
        Metrics.Dispose();
        Optimizer.Dispose();
        Average?.Dispose();
    }
}
