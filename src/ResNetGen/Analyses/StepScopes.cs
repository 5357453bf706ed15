using ResNetGen.Native;
using ResNetGen.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Analyses;

/// <summary>
/// Names the parts of a step to a recorder while it runs: modules by hooks, loss and optimizer by standing in front of the real ones.
/// Layers with parameters are known by those and get no hook: a fused operation that runs past a layer's <c>call</c> must go on doing so.
/// </summary>
internal sealed class StepScopes : IDisposable
{
    public const string Step = "step";
    public const string Optimizer = "optimizer";
    public const string Loss = "loss";
    private const string Module = "module";

    private readonly List<Action> _removers = [];
    private readonly OperationRecorder _recorder;

    public StepScopes(nn.Module<Tensor, Tensor>? network, OperationRecorder recorder)
    {
        _recorder = recorder;
        if (network is null)
        {
            return;
        }

        Watch(network, null);
        foreach ((string name, nn.Module module) in network.named_modules())
        {
            if (module is nn.Module<Tensor, Tensor> layer && module is not (Conv2d or BatchNorm2d or Linear) && !ReferenceEquals(module, network))
            {
                Watch(layer, name);
            }
        }
    }

    private void Watch(nn.Module<Tensor, Tensor> module, string? layer)
    {
        var before = module.register_forward_pre_hook(_ => _recorder.Enter(Module, layer));
        var after = module.register_forward_hook(_ => _recorder.Leave());
        _removers.AddRange([before.remove, after.remove]);
    }

    /// <summary>Parameters by the layers that they belong to.</summary>
    public static IEnumerable<(Tensor Parameter, string Layer)> Parameters(nn.Module network) =>
        network.named_parameters().Select(static entry => ((Tensor)entry.parameter, entry.name.LastIndexOf('.') is > 0 and var dot ? entry.name[..dot] : entry.name));

    /// <summary>Runs a step under its name.</summary>
    public void Run(Action step)
    {
        _recorder.Enter(Step);
        step();
        _recorder.Leave();
    }

    public void Dispose() => _removers.ForEach(static remove => remove());

    /// <summary>The loss function, under its name.</summary>
    internal sealed record NamedLoss(LossFunction Real) : LossFunction
    {
        public OperationRecorder? Recorder { get; set; }

        public override string Description => Real.Description;

        public override string Parameters => Real.Parameters;

        public override Tensor Compute(Tensor logits, Targets targets)
        {
            Recorder?.Enter(Loss, Loss);
            Tensor loss = Real.Compute(logits, targets);
            Recorder?.Leave();
            return loss;
        }
    }

    /// <summary>The optimizer, under its name.</summary>
    internal sealed class NamedOptimizer(ParameterOptimizer real) : ParameterOptimizer
    {
        public OperationRecorder? Recorder { get; set; }

        internal override bool TakesConditions => real.TakesConditions;

        public override void Step(double rate) => Name(() => real.Step(rate));

        internal override void Step(double rate, StepCondition condition) => Name(() => real.Step(rate, condition));

        private void Name(Action step)
        {
            Recorder?.Enter(Optimizer);
            step();
            Recorder?.Leave();
        }

        public override IReadOnlyDictionary<string, Tensor> Capture() => real.Capture();

        public override void Restore(IReadOnlyDictionary<string, Tensor> saved) => real.Restore(saved);

        protected override void Dispose(bool disposing) => real.Dispose();
    }
}
