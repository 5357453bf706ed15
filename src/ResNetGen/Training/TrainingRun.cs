using System.Globalization;
using ResNetGen.Architecture;
using ResNetGen.Checkpoints;
using ResNetGen.Data;
using ResNetGen.Distributed;
using ResNetGen.Evaluation;
using ResNetGen.Native;
using ResNetGen.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Training;

/// <summary>One session of a run: puts network, data, optimizer, folder and observers together, and takes up where the last one stopped.</summary>
internal sealed class TrainingRun : IDisposable
{
    private readonly Recipe _recipe;
    private readonly TrainerOptions _options;
    private readonly ComputePlan _plan;
    private readonly Ranks _ranks;
    private readonly RunFolder _folder;
    private readonly CheckpointFolder _checkpoints;
    private readonly RunIdentity _identity;
    private readonly RunState _state;
    private readonly BatchSource _batches;
    private readonly Func<BatchSource> _batchesAgain;
    private readonly EvaluationPass _evaluation;
    private readonly RunDescription _description;
    private readonly RunStart _start;
    private readonly WeightRecord _record;
    private readonly RunTrail _trail;

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
        ComputePlan plan,
        Ranks ranks,
        bool restarted,
        RunTrail trail)
    {
        _trail = trail;
        _recipe = recipe;
        _options = options;
        _plan = plan;
        _ranks = ranks;

        // What can be refused is refused before anything is made or computed.
        (RunPictures pictures, _folder) = ranks.Together(() => (
            new RunPictures(new Member(network, architecture, Inference.Of(plan)), train, test, recipe, options, ranks),
            ranks.IsFirst ? RunFolder.Open(options.Output) : RunFolder.Named(options.Output)));
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
        Agreement.Require(ranks, Agreement.Lines(_identity, recipe, options, plan));
        _start = RunStart.Find(ranks, _checkpoints, options.Resume, restarted, _identity);
        trail.Checkpoint = _start.Path;
        Normalization normalization = ranks.Together(pictures.Measure);
        _record = new WeightRecord
        {
            Network = architecture.Name, Architecture = architecture.Fingerprint, Normalization = normalization, ClassNames = classNames,
        };
        _batchesAgain = () => pictures.Batches(normalization, plan.TorchDevice);
        _batches = _batchesAgain();
        _evaluation = pictures.Evaluation(normalization);

        _state = new RunState(network, recipe, plan, ranks);
        string compute = plan.Key + ranks.Key;
        Begin(architecture, compute);
        List<string> notes =
        [
            .. _start.Notes, .. RecipeNotes.Of(recipe), .. RunNotes.Of(architecture),
            .. RunNotes.Of(ranks, recipe, network.modules().Any(static module => module is TorchSharp.Modules.BatchNorm), options.SynchronizedBatchNorm, CanCapture),
        ];
        if (Progress.Compute != compute)
        {
            notes.Add($"the run was on {Progress.Compute} and goes on with {compute}: its numbers will not be those of an undisturbed run.");
            Progress.Compute = compute;
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
            Ranks = ranks.Count,
            IterationsPerEpoch = _batches.IterationsPerEpoch,
            TotalIterations = recipe.Length.TotalIterations(_batches.IterationsPerEpoch),
            StartIteration = Progress.Iteration,
            EvaluatedIteration = Progress.LastEvaluation?.Iteration,
            Output = _folder.FullPath,
            Settings =
            [
                new("network", architecture.Name), new("dataset", datasetDescription), new("compute", plan.Key), new("machine", MachineText.Now()),
                .. ranks.AreJoined ? new KeyValuePair<string, string>[] { new("ranks", ranks.Description) } : [],
                new("seed", options.Seed.ToString(CultureInfo.InvariantCulture)), .. settings,
            ],
            Notes = notes,
        };
    }

    /// <summary>Trains to the end, or until it is cancelled.</summary>
    public TrainingResult Go()
    {
        // The files of a finished run say what it was; a session that trains nothing has nothing to add, and much to leave out.
        bool finished = Progress.Iteration == _description.TotalIterations && Progress.LastEvaluation?.Iteration == Progress.Iteration;
        ObserverGroup observers = _ranks.Together(() => Observe(finished));
        using RunStream? stream = Captures ? new RunStream(_plan.TorchDevice) : null;
        using IStepRunner step = Steps(observers);
        CheckpointWriter checkpoints = new(elapsed => Save(elapsed, observers), _start.Path, observers);

        // What loading weights and laying them out left behind is not held through the run.
        Allocator.ReleaseFreed();
        TrainingLoop loop = new(
            _description,
            _options,
            _state,
            _ranks,
            _batches,
            step,
            Evaluate,
            checkpoints,
            observers);
        (bool completed, string? checkpoint, double elapsed) = Run(loop, observers);
        TrainingResult result = new()
        {
            Completed = completed,
            Iteration = Progress.Iteration,
            TotalIterations = _description.TotalIterations,
            LastEvaluation = Progress.LastEvaluation,
            Checkpoint = checkpoint,
            ElapsedSeconds = elapsed,
            PeakMemoryBytes = ProcessMemory.PeakResidentBytes,
        };
        observers.OnFinished(result);
        return result;
    }

    private (bool Completed, string? Checkpoint, double Elapsed) Run(TrainingLoop loop, ObserverGroup observers)
    {
        try
        {
            return loop.Run();
        }
        catch (ProcessGroupException e)
        {
            // Nothing is saved: the step that was being made is half done.
            _trail.Iteration = Progress.Iteration;
            observers.OnFailed(_trail.Explain(e));
            throw;
        }
        catch (Exception e)
        {
            // What a full disk kept from their files has one more chance.
            observers.OnFailed(e);
            throw;
        }
    }

    /// <summary>Rank 0 alone is watched, and writes.</summary>
    private ObserverGroup Observe(bool finished)
    {
        ObserverGroup observers = new(
            !_ranks.IsFirst ? []
            : finished && SummaryFile.IsComplete(_folder.FullPath) ? _options.Observers
            : [.. OpenFiles(tensorBoard: _options.TensorBoard && !finished), .. _options.Observers]);
        observers.OnStarted(_description);
        return observers;
    }

    /// <summary>Whether steps are recorded as a CUDA graph.</summary>
    private bool Captures => CanCapture && _ranks.Count == 1;

    private bool CanCapture => _plan.Device == DeviceType.CUDA && CudaGraph.IsAvailable && CapturedStep.Takes(_state.Optimizer, _recipe);

    private IStepRunner Steps(ITrainingObserver observers)
    {
        TrainingStep eager = new(_state.Network, _state.Optimizer, _state.Average, _plan, _recipe, _options.Seed, _ranks);
        if (eager.ExchangeWarning is { } warning)
        {
            observers.OnWarning(warning);
        }

        return Captures
            ? new CapturedStep(
                eager,
                new StepParts(_state.Network, _state.Optimizer, _state.Average, _plan, _recipe, _description.Network.Classes, _options.Seed),
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

    public void Dispose()
    {
        _batches.Dispose();
        _state.Dispose();
    }

    /// <summary>Takes up the checkpoint to start from, or begins afresh: on all ranks with what rank 0 has.</summary>
    private void Begin(NetworkArchitecture architecture, string compute)
    {
        if (_start.Path is { } path)
        {
            using TrainingState saved = _ranks.AreJoined
                ? StateTransfer.Share(_ranks, () => CheckpointFile.Load(path, _identity))
                : CheckpointFile.Load(path, _identity);
            _ranks.Together(() => _state.Restore(saved, path));
            return;
        }

        _ranks.Broadcast(_state.Network.state_dict().Select(static pair => pair.Value));

        _state.Progress = new RunProgress
        {
            WarmingUp = _recipe.WarmUp is { } warmUp && architecture.WeightedLayers >= warmUp.FromWeightedLayers,
            Compute = compute,
        };
    }

    /// <summary>The score, alike on all ranks: each tests a part of the pictures, with the running statistics of rank 0.</summary>
    private (Score Score, Score? Averaged) Evaluate(CancellationToken cancellation)
    {
        _ranks.Broadcast(_state.Network.named_buffers().Select(static buffer => buffer.buffer));
        return _state.Evaluate(() => _evaluation.Run(_ranks, cancellation));
    }

    /// <summary>Rank 0 writes what is the same on all ranks, and its own running statistics.</summary>
    private string Save(double elapsed, ITrainingObserver observers)
    {
        MetricSums sums = _state.Metrics.Read();
        return _trail.Checkpoint = _ranks.OnFirst(() => Write(sums, elapsed, observers));
    }

    private string Write(MetricSums sums, double elapsed, ITrainingObserver observers)
    {
        Divergence.RequireFinite(_state.Network, Progress.Iteration, _checkpoints);
        if (_folder.BringBack(_description.Settings))
        {
            observers.OnWarning($"The output folder {_folder.FullPath} had vanished, with the checkpoints in it. It was made again, and training goes on.");
        }

        using Tensor random = get_rng_state();

        // Rank 0 has it from here on, whatever becomes of the others: the one before may be gone.
        return _trail.Checkpoint = _checkpoints.Save(_state.Capture(_identity, _record, _batches.IterationsPerEpoch, sums, elapsed, random));
    }

    private RunProgress Progress => _state.Progress;
}
