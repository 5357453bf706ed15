using System.Globalization;
using ResNetGen.Architecture;
using ResNetGen.Checkpoints;
using ResNetGen.Data;
using ResNetGen.Evaluation;
using ResNetGen.Native;
using ResNetGen.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Training;

/// <summary>One session of a run: puts network, data, optimizer, folder and observers together, and takes up where the last one stopped.</summary>
internal sealed class TrainingRun : IDisposable
{
    private readonly nn.Module<Tensor, Tensor> _network;
    private readonly Recipe _recipe;
    private readonly TrainerOptions _options;
    private readonly ComputePlan _plan;
    private readonly RunFolder _folder;
    private readonly CheckpointFolder _checkpoints;
    private readonly RunIdentity _identity;
    private readonly ParameterOptimizer _optimizer;
    private readonly MovingAverage? _average;
    private readonly RunningMetrics _metrics;
    private readonly BatchSource _batches;
    private readonly Func<BatchSource> _batchesAgain;
    private readonly EvaluationPass _evaluation;
    private readonly RunProgress _progress;
    private readonly RunDescription _description;
    private readonly CheckpointInfo? _start;
    private readonly WeightRecord _record;

    public TrainingRun(
        nn.Module<Tensor, Tensor> network,
        NetworkArchitecture architecture,
        string dataset,
        string datasetDescription,
        IReadOnlyList<string> classNames,
        PictureSource train,
        PictureSource test,
        Recipe recipe,
        TrainerOptions options,
        ComputePlan plan)
    {
        _network = network;
        _recipe = recipe;
        _options = options;
        _plan = plan;

        // What can be refused is refused before anything is made or computed.
        RunPictures pictures = new(new Member(network, architecture, Inference.Of(plan)), train, test, recipe, options);
        _folder = RunFolder.Open(options.Output);
        _checkpoints = new CheckpointFolder(_folder.Checkpoints, options.Keep);
        IReadOnlyList<KeyValuePair<string, string>> settings = RunSettings.Of(recipe, options);
        _identity = new RunIdentity
        {
            Network = architecture.Name,
            Architecture = architecture.Fingerprint,
            WeightedLayers = architecture.WeightedLayers,
            Dataset = dataset,
            DatasetFingerprint = train.Fingerprint,
            TestFingerprint = test.Fingerprint,
            Seed = options.Seed,
            BatchSize = recipe.BatchSize,
            Recipe = RunSettings.Exact(recipe, options),
        };
        _start = FindStart(out List<string> notes);
        notes.AddRange(RecipeNotes.Of(recipe));
        if (architecture.Recompute != Recompute.None && !BlockRecomputation.IsAvailable)
        {
            notes.Add($"Recompute = {architecture.Recompute} needs ResNetGen's native library, which is not here: everything is kept, as with None.");
        }

        Normalization normalization = pictures.Measure();
        _record = new WeightRecord
        {
            Network = architecture.Name, Architecture = architecture.Fingerprint, Normalization = normalization, ClassNames = classNames,
        };
        _batchesAgain = () => pictures.Batches(normalization, plan.TorchDevice);
        _batches = _batchesAgain();
        _evaluation = pictures.Evaluation(normalization);

        // Moving makes new parameters, so the optimizer comes after.
        _network.to(plan.TorchDevice);
        if (plan.ChannelsLast)
        {
            MemoryFormat.ChannelsLast(_network);
        }

        _network.train();
        _optimizer = recipe.Optimizer.Create(DecayGroups.Of(_network, recipe.WeightDecayOn).Parameters(_network, recipe.WeightDecay));
        _average = recipe.Average is { } average ? new MovingAverage(_network, average.Decay) : null;
        _metrics = new RunningMetrics(plan.TorchDevice);
        _progress = _start is null ? Fresh(architecture) : Restore(_start);
        if (_progress.Compute != plan.Key)
        {
            notes.Add($"the run was on {_progress.Compute} and goes on with {plan.Key}: its numbers will not be those of an undisturbed run.");
            _progress.Compute = plan.Key;
        }

        _description = new RunDescription
        {
            Network = architecture,
            Dataset = dataset,
            DatasetDescription = datasetDescription,
            TrainCount = train.Count,
            TestCount = test.Count,
            Recipe = recipe,
            Compute = plan,
            Seed = options.Seed,
            IterationsPerEpoch = _batches.IterationsPerEpoch,
            TotalIterations = recipe.Length.TotalIterations(_batches.IterationsPerEpoch),
            StartIteration = _progress.Iteration,
            EvaluatedIteration = _progress.LastEvaluation?.Iteration,
            Output = _folder.FullPath,
            Settings =
            [
                new("network", architecture.Name), new("dataset", datasetDescription), new("compute", plan.Key), new("machine", MachineText.Now()),
                new("seed", options.Seed.ToString(CultureInfo.InvariantCulture)), .. settings,
            ],
            Notes = notes,
        };
    }

    /// <summary>Trains to the end, or until it is cancelled.</summary>
    public TrainingResult Go()
    {
        // The files of a finished run say what it was; a session that trains nothing has nothing to add, and much to leave out.
        bool finished = _progress.Iteration == _description.TotalIterations && _progress.LastEvaluation?.Iteration == _progress.Iteration;
        ObserverGroup observers = new(
            finished && SummaryFile.IsComplete(_folder.FullPath) ? _options.Observers : [.. OpenFiles(tensorBoard: _options.TensorBoard && !finished), .. _options.Observers]);
        observers.OnStarted(_description);
        using RunStream? stream = Captures ? new RunStream(_plan.TorchDevice) : null;
        using IStepRunner step = Steps(observers);
        TrainingLoop loop = new(
            _description,
            _options,
            _progress,
            _batches,
            step,
            _metrics,
            Evaluate,
            new CheckpointWriter(elapsed => Save(elapsed, observers), _start?.Path, observers),
            observers);
        (bool completed, string? checkpoint, double elapsed) = Run(loop, observers);
        TrainingResult result = new()
        {
            Completed = completed,
            Iteration = _progress.Iteration,
            TotalIterations = _description.TotalIterations,
            LastEvaluation = _progress.LastEvaluation,
            Checkpoint = checkpoint,
            ElapsedSeconds = elapsed,
            PeakMemoryBytes = ProcessMemory.PeakResidentBytes,
        };
        observers.OnFinished(result);
        return result;
    }

    private static (bool Completed, string? Checkpoint, double Elapsed) Run(TrainingLoop loop, ObserverGroup observers)
    {
        try
        {
            return loop.Run();
        }
        catch (Exception e)
        {
            // What a full disk kept from their files has one more chance.
            observers.OnFailed(e);
            throw;
        }
    }

    /// <summary>Whether steps are recorded as a CUDA graph.</summary>
    private bool Captures => _plan.Device == DeviceType.CUDA && CudaGraph.IsAvailable && CapturedStep.Takes(_optimizer, _recipe);

    private IStepRunner Steps(ITrainingObserver observers)
    {
        TrainingStep eager = new(_network, _optimizer, _average, _plan, _recipe, _options.Seed);
        return Captures
            ? new CapturedStep(
                eager,
                new StepParts(_network, _optimizer, _average, _plan, _recipe, _description.Network.Classes, _options.Seed),
                GraphRecording.Of,
                _batchesAgain,
                observers.OnWarning)
            : eager;
    }

    /// <summary>Begins what a run leaves in its folder, beside checkpoints.</summary>
    private List<ITrainingObserver> OpenFiles(bool tensorBoard)
    {
        _folder.WriteSettings(_description.Settings);
        List<ITrainingObserver> files = [new NetworkFile(_folder.FullPath), new MetricsFile(_folder.FullPath), new SummaryFile(_folder.FullPath)];
        if (tensorBoard)
        {
            files.Add(new TensorBoardFile(_folder.FullPath));
        }

        return files;
    }

    private EvaluatedWeights Evaluated => _recipe.Average?.Evaluate ?? EvaluatedWeights.Raw;

    /// <summary>The score, and that of the averaged weights where the recipe asks for both.</summary>
    private (Score Score, Score? Averaged) Evaluate(CancellationToken cancellation)
    {
        Score? raw = Evaluated == EvaluatedWeights.Average ? null : _evaluation.Run(cancellation);
        if (Evaluated == EvaluatedWeights.Raw)
        {
            return (raw!, null);
        }

        using IDisposable averages = _average!.PutIn();
        Score averaged = _evaluation.Run(cancellation);
        return raw is null ? (averaged, null) : (raw, averaged);
    }

    public void Dispose()
    {
        _batches.Dispose();
        _metrics.Dispose();
        _optimizer.Dispose();
        _average?.Dispose();
    }

    /// <summary>The checkpoint to start from; null for a fresh run.</summary>
    private CheckpointInfo? FindStart(out List<string> notes)
    {
        notes = [];
        if (!_options.Resume)
        {
            _checkpoints.RefuseIfOccupied();
            return null;
        }

        LatestCheckpoint latest = _checkpoints.FindLatestValid();
        if (latest.Found is null)
        {
            throw new BadInputException(latest.PassedOver.Count == 0
                ? $"Nothing to resume: there is no checkpoint in {_checkpoints.Path}. Leave TrainerOptions.Resume out to start a run there, or give another TrainerOptions.Output."
                : $"Nothing to resume: no checkpoint in {_checkpoints.Path} is whole. {latest.PassedOver[0].Reason} Start the run again with another TrainerOptions.Output.");
        }

        RunSettings.RequireSame(_identity, latest.Found);
        notes.AddRange(latest.PassedOver.Select(static passed => $"passed over a damaged checkpoint. {passed.Reason}"));
        return latest.Found;
    }

    private RunProgress Fresh(NetworkArchitecture architecture) => new()
    {
        WarmingUp = _recipe.WarmUp is { } warmUp && architecture.WeightedLayers >= warmUp.FromWeightedLayers,
        Compute = _plan.Key,
    };

    private RunProgress Restore(CheckpointInfo start)
    {
        using TrainingState state = CheckpointFile.Load(start.Path, _identity);
        using IDisposable guard = no_grad();
        foreach ((string name, Tensor tensor) in _network.state_dict())
        {
            if (!state.Model.TryGetValue(name, out Tensor? saved) || !saved.shape.SequenceEqual(tensor.shape))
            {
                throw new CheckpointException(start.Path, $"its \"{name}\" is missing or has another shape.");
            }

            // Values only: layout, device and identity stay the parameter's own.
            tensor.copy_(saved);
        }

        try
        {
            _optimizer.Restore(state.Optimizer);
            _average?.Restore(state.Averages);
        }
        catch (FormatException e)
        {
            throw new CheckpointException(start.Path, e.Message, e);
        }

        if (state.RandomStates.TryGetValue("cpu", out Tensor? random))
        {
            set_rng_state(random);
        }

        try
        {
            return RunProgress.FromExtra(state.Position.Iteration, state.Extra, _metrics);
        }
        catch (Exception e) when (e is FormatException or KeyNotFoundException or OverflowException)
        {
            throw new CheckpointException(start.Path, $"it does not say how far its run was. {e.Message}", e);
        }
    }

    private string Save(double elapsed, ITrainingObserver observers)
    {
        long iteration = _progress.Iteration;
        Divergence.RequireFinite(_network, iteration, _checkpoints);
        if (_folder.BringBack(_description.Settings))
        {
            observers.OnWarning($"The output folder {_folder.FullPath} had vanished, with the checkpoints in it. It was made again, and training goes on.");
        }

        (long epoch, long within) = Math.DivRem(iteration, _batches.IterationsPerEpoch);
        using Tensor random = get_rng_state();
        return _checkpoints.Save(new TrainingState
        {
            Identity = _identity,
            Record = _record,
            Position = new TrainingPosition(iteration, checked((int)epoch), (int)within, iteration * _recipe.BatchSize),
            TestError = _progress.LastEvaluation is { } last && last.Iteration == iteration ? last.Error : null,
            TestErrorOf = (Evaluated == EvaluatedWeights.Average ? CheckpointGroup.Averages : CheckpointGroup.Model).Name,
            Model = _network.state_dict(),
            Optimizer = _optimizer.Capture(),
            Averages = _average?.Capture() ?? new Dictionary<string, Tensor>(),
            RandomStates = new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["cpu"] = random },
            Extra = _progress.ToExtra(_metrics, elapsed),
        });
    }
}
