using System.Globalization;
using ResNetGen.Distributed;
using ResNetGen.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Bench;

/// <summary>The trainer's own step, with all that it does besides (looking for values that are not finite, counting errors), on one batch over and over.</summary>
internal sealed class TrainingWork(NetworkCase network, string folder, Precision precision, int batch = 1) : NetworkWork(network, folder, precision)
{
    // PyTorch's SGD decays every parameter.
    internal static Recipe Recipe { get; } = new()
    {
        Name = "bench",
        Source = "bench/pytorch/works.py",
        Length = TrainingLength.Iterations(1),
        Schedule = new StepDecay(0.001, factor: 1),
        WeightDecayOn = WeightDecayTarget.AllParameters,
    };

    // As bench/pytorch/works.py has it: deep networks on large images, untrained, take small steps only.
    private readonly double _rate = network.Architecture.Input.Height < 100 ? 0.01 : 0.001;

    // One of several processes, where the environment says so: bench/scaling.py. They stay joined until the process ends.
    private readonly Ranks _ranks = Ranks.Join(RankEnvironment.Read(), gpu: null, new TrainerOptions { Output = "" });

    private TrainingStep _step = null!;
    private RunningMetrics _metrics = null!;
    private long _iteration;

    protected override int Rank => _ranks.Rank;

    public override object Answer(string command, string[] arguments) => (command, arguments) switch
    {
        ("exchange", [string count]) => ExchangeWork.Measure(_step.ExchangeWay, long.Parse(count, CultureInfo.InvariantCulture)),
        _ => base.Answer(command, arguments),
    };

    public override void Run() => _step.Run(Images, Labels, _iteration++, _rate, _metrics);

    protected override void Prepare()
    {
        Network.train();
        ParameterOptimizer optimizer = Recipe.Optimizer.Create(DecayGroups.Of(Network, Recipe.WeightDecayOn).Parameters(Network, Recipe.WeightDecay));
        _step = new TrainingStep(Network, optimizer, average: null, Plan, Recipe with { BatchSize = batch * _ranks.Count }, seed: 0, _ranks);
        _metrics = new RunningMetrics(Plan.TorchDevice);
    }

    /// <summary>The losses of three steps. Dropout would draw other numbers in every contestant: it rests meanwhile.</summary>
    protected override object Check()
    {
        Dropout[] dropouts = [.. Network.modules().OfType<Dropout>()];
        Array.ForEach(dropouts, static module => module.eval());
        double[] losses = new double[3];
        for (int i = 0; i < losses.Length; i++)
        {
            _metrics.Reset();
            Run();
            losses[i] = _metrics.Read().LossSum / _metrics.Images;
        }

        Array.ForEach(dropouts, static module => module.train());
        using IDisposable guard = no_grad();
        using Tensor logits = TrainingStep.Forward(Network, Plan, Images);
        return new { values = losses, output = logits.shape };
    }
}
