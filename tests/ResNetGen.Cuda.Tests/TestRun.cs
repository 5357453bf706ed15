using ResNetGen.Architecture;
using ResNetGen.Data;
using ResNetGen.Native;
using ResNetGen.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Cuda.Tests;

/// <summary>A small run: the same weights and the same batches each time.</summary>
internal sealed class TestRun : IDisposable
{
    private const long Seed = 11;

    private readonly ComputePlan _plan;
    private readonly Recipe _recipe;
    private readonly ParameterOptimizer _optimizer;
    private readonly MovingAverage? _average;
    private readonly BatchSource _batches;

    public TestRun(Recipe recipe, Device device)
    {
        _recipe = recipe;

        // fp32, to the last bit: TF32 off, and the convolutions that are there.
        _plan = ComputePlan.Decide(device.type == DeviceType.CUDA ? ComputeDevice.Cuda : ComputeDevice.Cpu, Precision.Fp32);
        manual_seed(Seed);
        Network = new SmallNet();
        Network.to(device);
        MemoryFormat.ChannelsLast(Network);
        Network.train();
        _optimizer = recipe.Optimizer.Create(DecayGroups.Of(Network, recipe.WeightDecayOn).Parameters(Network, recipe.WeightDecay));
        _average = recipe.Average is { } average ? new MovingAverage(Network, average.Decay) : null;
        Metrics = new RunningMetrics(device);
        _batches = Batches();
    }

    public SmallNet Network { get; }

    public RunningMetrics Metrics { get; }

    public List<string> Warnings { get; } = [];

    public int Recordings { get; private set; }

    public IStepRunner Eager() => Step();

    public IStepRunner Captured(Func<Action, IRecording> record) => new CapturedStep(
        Step(), new StepParts(Network, _optimizer, _average, _plan, _recipe, 10, Seed),
        work =>
        {
            Recordings++;
            return record(work);
        },
        Batches, Warnings.Add);

    public void Learn(IStepRunner step, long iteration, double rate, int count = 8)
    {
        using Batch batch = _batches.Next(iteration, CancellationToken.None);
        RunGenerators.Begin(Seed, iteration);
        using Tensor images = batch.Images.narrow(0, 0, count);
        using Tensor labels = batch.Labels.narrow(0, 0, count);
        step.Run(images, labels, iteration, rate, Metrics);
    }

    /// <summary>Weights, statistics, momenta, averages and sums have the same bits.</summary>
    public void RequireSame(TestRun other)
    {
        Same(other.Network.state_dict(), Network.state_dict());
        Same(other._optimizer.Capture(), _optimizer.Capture());
        if (_average is not null)
        {
            Same(other._average!.Capture(), _average.Capture());
        }

        Assert.Equal((other.Metrics.Read().LossSum, other.Metrics.Read().Wrong), (Metrics.Read().LossSum, Metrics.Read().Wrong));
        Assert.Equal((other.Metrics.Images, other.Metrics.Iterations), (Metrics.Images, Metrics.Iterations));
    }

    public void Dispose()
    {
        _batches.Dispose();
        Metrics.Dispose();
        _optimizer.Dispose();
        _average?.Dispose();
        Network.Dispose();
    }

    private TrainingStep Step() => new(Network, _optimizer, _average, _plan, _recipe, Seed);

    private BatchSource Batches()
    {
        byte[] pixels = new byte[16 * 3 * 16 * 16];
        new Random(3).NextBytes(pixels);
        ImageSplit split = new("noise", new Shape(3, 16, 16), 10, pixels, Enumerable.Range(0, 16).Select(static i => i % 10).ToArray());
        return new BatchSource(split, Normalization.Measure(NormalizationKind.PerChannel, split),
            BatchLoaderOptions.ForTraining(_recipe.BatchSize, Seed) with { ChannelsLast = true }, limit: null, _plan.TorchDevice);
    }

    private static void Same(IEnumerable<KeyValuePair<string, Tensor>> expected, IEnumerable<KeyValuePair<string, Tensor>> actual)
    {
        Dictionary<string, Tensor> wanted = expected.ToDictionary(static pair => pair.Key, static pair => pair.Value);
        Assert.NotEmpty(wanted);
        foreach ((string name, Tensor tensor) in actual)
        {
            Near.Same(wanted[name], tensor, name);
        }
    }
}
