namespace TorchSharp
{
    using TorchSharp.Modules;

    public static partial class torch
    {
        public static partial class optim
        {
            public static AdamW AdamW(IEnumerable<Parameter> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1E-08, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
                => new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            public static AdamW AdamW(IEnumerable<(string name, Parameter parameter)> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1E-08, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
                => new(parameters.Select(p => p.parameter), lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            public static AdamW AdamW(IEnumerable<AdamW.ParamGroup> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1E-08, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
                => new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);
        }
    }
}

namespace TorchSharp.Modules
{
    using static TorchSharp.torch;
    using static TorchSharp.torch.optim;

    /// <summary>Adam with decoupled weight decay: the weights shrink by lr × decay, whatever the gradient. The default decay is 0, as TorchSharp has it.</summary>
    /// <remarks>A step is one native call a parameter group.</remarks>
    public class AdamW : OptimizerHelper, IBetas
    {
        public AdamW(IEnumerable<Parameter> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1E-08, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
            : this([new ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
        {
        }

        public AdamW(IEnumerable<ParamGroup> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1E-08, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
        {
            _defaults = new Options(new AdamSettings(lr, beta1, beta2, eps, weight_decay, amsgrad, maximize).Validated());
            foreach (var group in parameters)
                add_param_group(group);
        }

        public (double, double) Betas
        {
            get => ((Options)_defaults).Betas();
            set => ((Options)_defaults).SetBetas(value);
        }

        public override void add_param_group(Modules.ParamGroup param_group)
            => Adopt(param_group, ((Options?)param_group.Options ?? new Options()).CompletedBy((Options)_defaults), parameter => new State(parameter));

        public override Tensor? step(Func<Tensor>? closure = null)
            => _step<ParamGroup>(group => AdamStep.Run(group.Parameters, StateOf, group.Options.Settings(), decoupled: true), closure);

        protected override void Dispose(bool disposing) => base.Dispose(disposing);

        public class Options : OptimizerOptions, IAdamOptions
        {
            public double? beta1;
            public double? beta2;
            public double? weight_decay;
            public double? eps;
            public bool? amsgrad;
            public bool? maximize;

            public Options() { }

            internal Options(AdamSettings settings)
            {
                LearningRate = InitialLearningRate = settings.Lr;
                this.Set(settings);
            }

            ref double? IAdamOptions.Beta1 => ref beta1;
            ref double? IAdamOptions.Beta2 => ref beta2;
            ref double? IAdamOptions.Eps => ref eps;
            ref double? IAdamOptions.WeightDecay => ref weight_decay;
            ref bool? IAdamOptions.Amsgrad => ref amsgrad;
            ref bool? IAdamOptions.Maximize => ref maximize;

            public override void SaveStateDict(BinaryWriter writer)
            {
                base.SaveStateDict(writer);
                this.Settings().Save(writer);
            }

            public override void LoadStateDict(BinaryReader reader)
            {
                base.LoadStateDict(reader);
                this.Set(AdamSettings.Load(reader));
            }

            public override void LoadStateDict(OptimizerOptions source)
            {
                base.LoadStateDict(source);
                this.Set(((Options)source).Settings());
            }
        }

        public class ParamGroup : ParamGroup<Options>, IBetas
        {
            public ParamGroup() { }

            public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options) { }

            public ParamGroup(IEnumerable<Parameter> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1E-08, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
                : base(parameters, new Options(new AdamSettings(lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)))
            {
            }

            public (double, double) Betas
            {
                get => Options.Betas();
                set => Options.SetBetas(value);
            }
        }

        public sealed class State : OptimizerState, IDisposable, IAdamState
        {
            public long step;
            public Tensor exp_avg = null!;
            public Tensor exp_avg_sq = null!;

            /// <summary>Only with amsgrad.</summary>
            public Tensor? max_exp_avg_sq;

            public State(Parameter parameter) : base(parameter) { }

            ref long IAdamState.Step => ref step;
            ref Tensor IAdamState.First => ref exp_avg;
            ref Tensor IAdamState.Second => ref exp_avg_sq;
            ref Tensor? IAdamState.Largest => ref max_exp_avg_sq;

            public override void Initialize(OptimizerOptions options) => this.Initialize(_parameter, ((Options)options).amsgrad == true);

            public override void SaveStateDict(BinaryWriter writer) => this.Save(writer);

            public override void LoadStateDict(BinaryReader reader) => this.Load(reader, _parameter.device);

            public override void LoadStateDict(OptimizerState source) => this.Copy((State)source);

            public override bool ApproximatelyEquals(OptimizerState other) => other is State state && this.IsClose(state);

            public override void to(Device device) => this.MoveTo(device);

            public void Dispose() => this.Free();
        }
    }
}
