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
            get => (((Options)_defaults).beta1!.Value, ((Options)_defaults).beta2!.Value);
            set => (((Options)_defaults).beta1, ((Options)_defaults).beta2) = value;
        }

        public override void add_param_group(Modules.ParamGroup param_group)
        {
            var options = (Options?)param_group.Options ?? new Options();
            options.Complete((Options)_defaults);
            Adopt(param_group, options, parameter => new State(parameter));
        }

        public override Tensor? step(Func<Tensor>? closure = null) => _step<ParamGroup>(Step, closure);

        private void Step(ParamGroup group)
        {
            var parameters = group.Parameters as Parameter[] ?? group.Parameters.ToArray();
            AdamStep.Run(parameters, Array.ConvertAll(parameters, p => (IAdamState)StateOf(p)), group.Options.Settings, decoupled: true);
        }

        protected override void Dispose(bool disposing) => base.Dispose(disposing);

        public class Options : OptimizerOptions
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
                Set(settings);
            }

            internal AdamSettings Settings
                => new(LearningRate!.Value, beta1!.Value, beta2!.Value, eps!.Value, weight_decay!.Value, amsgrad!.Value, maximize!.Value);

            internal void Complete(Options defaults)
            {
                LearningRate ??= defaults.LearningRate;
                beta1 ??= defaults.beta1;
                beta2 ??= defaults.beta2;
                eps ??= defaults.eps;
                weight_decay ??= defaults.weight_decay;
                amsgrad ??= defaults.amsgrad;
                maximize ??= defaults.maximize;
            }

            public override void SaveStateDict(BinaryWriter writer)
            {
                base.SaveStateDict(writer);
                Settings.Save(writer);
            }

            public override void LoadStateDict(BinaryReader reader)
            {
                base.LoadStateDict(reader);
                Set(AdamSettings.Load(reader));
            }

            public override void LoadStateDict(OptimizerOptions source)
            {
                base.LoadStateDict(source);
                Set(((Options)source).Settings);
            }

            private void Set(AdamSettings settings)
            {
                (beta1, beta2, eps, weight_decay) = (settings.Beta1, settings.Beta2, settings.Eps, settings.WeightDecay);
                (amsgrad, maximize) = (settings.Amsgrad, settings.Maximize);
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
                get => (Options.beta1!.Value, Options.beta2!.Value);
                set => (Options.beta1, Options.beta2) = value;
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
            Tensor IAdamState.First => exp_avg;
            Tensor IAdamState.Second => exp_avg_sq;
            Tensor? IAdamState.Largest => max_exp_avg_sq;

            public override void Initialize(OptimizerOptions options)
            {
                Dispose();
                step = 0;
                exp_avg = zeros_like(_parameter).DetachFromDisposeScope();
                exp_avg_sq = zeros_like(_parameter).DetachFromDisposeScope();
                max_exp_avg_sq = ((Options)options).amsgrad == true ? zeros_like(_parameter).DetachFromDisposeScope() : null;
            }

            public override void SaveStateDict(BinaryWriter writer)
            {
                writer.Write(step);
                exp_avg.Save(writer);
                exp_avg_sq.Save(writer);
                SaveConditionalStateTensor(writer, max_exp_avg_sq);
            }

            public override void LoadStateDict(BinaryReader reader)
            {
                step = reader.ReadInt64();
                LoadStateTensor(reader, ref exp_avg, nameof(exp_avg));
                LoadStateTensor(reader, ref exp_avg_sq, nameof(exp_avg_sq));
                LoadConditionalStateTensor(reader, ref max_exp_avg_sq, _parameter.device);
                RequireShape(max_exp_avg_sq, nameof(max_exp_avg_sq));
            }

            public override void LoadStateDict(OptimizerState source)
            {
                var other = (State)source;
                step = other.step;
                CopyState(ref exp_avg!, other.exp_avg);
                CopyState(ref exp_avg_sq!, other.exp_avg_sq);
                CopyState(ref max_exp_avg_sq, other.max_exp_avg_sq);
            }

            public override bool ApproximatelyEquals(OptimizerState other)
                => other is State state && step == state.step && Close(exp_avg, state.exp_avg)
                && Close(exp_avg_sq, state.exp_avg_sq) && Close(max_exp_avg_sq, state.max_exp_avg_sq);

            public override void to(Device device)
            {
                Move(ref exp_avg!, device);
                Move(ref exp_avg_sq!, device);
                Move(ref max_exp_avg_sq, device);
            }

            public void Dispose()
            {
                exp_avg?.Dispose();
                exp_avg_sq?.Dispose();
                max_exp_avg_sq?.Dispose();
            }
        }
    }
}
