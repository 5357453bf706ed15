namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static LRScheduler OneCycleLR(Optimizer optimizer, double max_lr, int total_steps = -1, int epochs = -1, int steps_per_epoch = -1, double pct_start = 0.3, impl.OneCycleLR.AnnealStrategy anneal_strategy = impl.OneCycleLR.AnnealStrategy.Cos, bool cycle_momentum = true, double base_momentum = 0.85, double max_momentum = 0.95, double div_factor = 25, double final_div_factor = 10000, bool three_phase = false, int last_epoch = -1, bool verbose = false)
                => new impl.OneCycleLR(optimizer, max_lr, total_steps, epochs, steps_per_epoch, pct_start, anneal_strategy, cycle_momentum, base_momentum, max_momentum, div_factor, final_div_factor, three_phase, last_epoch, verbose);

            public static LRScheduler OneCycleLR(Optimizer optimizer, IEnumerable<double> max_lr, int total_steps = -1, int epochs = -1, int steps_per_epoch = -1, double pct_start = 0.3, impl.OneCycleLR.AnnealStrategy anneal_strategy = impl.OneCycleLR.AnnealStrategy.Cos, bool cycle_momentum = true, IEnumerable<double>? base_momentum = null, IEnumerable<double>? max_momentum = null, double div_factor = 25, double final_div_factor = 10000, bool three_phase = false, int last_epoch = -1, bool verbose = false)
                => new impl.OneCycleLR(optimizer, max_lr, total_steps, epochs, steps_per_epoch, pct_start, anneal_strategy, cycle_momentum, base_momentum, max_momentum, div_factor, final_div_factor, three_phase, last_epoch, verbose);

            public static partial class impl
            {
                /// <summary>
                /// Up to max_lr in the first pct_start of the steps, then down to nearly nothing; the momentum goes the
                /// other way.
                /// </summary>
                public class OneCycleLR : LRScheduler
                {
                    private readonly int _totalSteps;
                    private readonly AnnealStrategy _strategy;
                    private readonly Phase[] _phases;
                    private readonly List<double> _max, _baseMomentum, _maxMomentum;
                    private readonly double _divFactor, _finalDivFactor;
                    private readonly bool _cycleMomentum;

                    public OneCycleLR(Optimizer optimizer, double max_lr, int total_steps = -1, int epochs = -1, int steps_per_epoch = -1, double pct_start = 0.3, AnnealStrategy anneal_strategy = AnnealStrategy.Cos, bool cycle_momentum = true, double base_momentum = 0.85, double max_momentum = 0.95, double div_factor = 25, double final_div_factor = 10000, bool three_phase = false, int last_epoch = -1, bool verbose = false)
                        : this(optimizer, ForEach(optimizer, max_lr), total_steps, epochs, steps_per_epoch, pct_start, anneal_strategy, cycle_momentum, ForEach(optimizer, base_momentum), ForEach(optimizer, max_momentum), div_factor, final_div_factor, three_phase, last_epoch, verbose)
                    {
                    }

                    public OneCycleLR(Optimizer optimizer, IEnumerable<double> max_lr, int total_steps = -1, int epochs = -1, int steps_per_epoch = -1, double pct_start = 0.3, AnnealStrategy anneal_strategy = AnnealStrategy.Cos, bool cycle_momentum = true, IEnumerable<double>? base_momentum = null, IEnumerable<double>? max_momentum = null, double div_factor = 25, double final_div_factor = 10000, bool three_phase = false, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        if (cycle_momentum && optimizer is not (IMomentum or IBetas))
                            throw new ArgumentException("optimizer must support momentum with `cycle_momentum` option enabled");
                        if (pct_start is < 0 or > 1)
                            throw new ArgumentException($"Expected float between 0 and 1 for pct_start, but got {pct_start}");

                        _totalSteps = TotalSteps(total_steps, epochs, steps_per_epoch);
                        _strategy = anneal_strategy;
                        _cycleMomentum = cycle_momentum;
                        _max = PerGroup(max_lr, nameof(max_lr));
                        _baseMomentum = PerGroup(base_momentum ?? ForEach(optimizer, 0.85), nameof(base_momentum));
                        _maxMomentum = PerGroup(max_momentum ?? ForEach(optimizer, 0.95), nameof(max_momentum));
                        (_divFactor, _finalDivFactor) = (div_factor, final_div_factor);

                        double top = pct_start * _totalSteps - 1;
                        _phases = three_phase
                            ? [new(top, Low, High), new(2 * pct_start * _totalSteps - 2, High, Low), new(_totalSteps - 1, Low, End)]
                            : [new(top, Low, High), new(_totalSteps - 1, High, End)];

                        step();
                    }

                    public enum AnnealStrategy
                    {
                        Cos,
                        Linear,
                    }

                    /// <summary>A stretch of the cycle, from one place to another; `EndStep` may be a fraction.</summary>
                    private readonly record struct Phase(double EndStep, int From, int To);

                    // The places of the cycle.
                    private const int Low = 0, High = 1, End = 2;

                    protected override IEnumerable<double> get_lr()
                    {
                        if (_last_epoch >= _totalSteps + 1)
                            throw new InvalidOperationException($"Tried to step {_last_epoch + 1} times. The specified number of total steps is {_totalSteps}");

                        var rates = new double[_base_lrs.Count];
                        int i = 0;
                        foreach (var group in _optimizer.ParamGroups)
                        {
                            var (phase, share) = Position();
                            rates[i] = Anneal(Rate(phase.From, i), Rate(phase.To, i), share);
                            if (_cycleMomentum)
                                SetMomentum(group, Anneal(Momentum(phase.From, i), Momentum(phase.To, i), share));
                            i++;
                        }
                        return rates;
                    }

                    /// <summary>The phase the step falls in and how far it has gone in it.</summary>
                    private (Phase phase, double share) Position()
                    {
                        double start = 0;
                        foreach (var phase in _phases.AsSpan(0, _phases.Length - 1))
                        {
                            if (_last_epoch <= phase.EndStep)
                                return (phase, (_last_epoch - start) / (phase.EndStep - start));
                            start = phase.EndStep;
                        }
                        var last = _phases[^1];
                        return (last, (_last_epoch - start) / (last.EndStep - start));
                    }

                    private double Rate(int place, int group) => place switch
                    {
                        Low => _max[group] / _divFactor,
                        High => _max[group],
                        _ => _max[group] / _divFactor / _finalDivFactor,
                    };

                    private double Momentum(int place, int group) => place == High ? _baseMomentum[group] : _maxMomentum[group];

                    private double Anneal(double start, double end, double share) => _strategy == AnnealStrategy.Cos
                        ? end + (start - end) / 2 * (Math.Cos(Math.PI * share) + 1)
                        : (end - start) * share + start;

                    private static void SetMomentum(ILearningRateController group, double value)
                    {
                        if (group is IBetas betas)
                            betas.Betas = (value, betas.Betas.Item2);
                        else if (group is IMomentum momentum)
                            momentum.Momentum = value;
                    }

                    private static int TotalSteps(int total, int epochs, int stepsPerEpoch)
                    {
                        if (total == -1 && (epochs == -1 && stepsPerEpoch == -1))
                            throw new ArgumentException("You must define either total_steps OR (epochs AND steps_per_epoch)");
                        if (total != -1)
                            return total > 0 ? total : throw new ArgumentException($"Expected positive integer total_steps, but got {total}");
                        if (epochs <= 0)
                            throw new ArgumentException($"Expected positive integer epochs, but got {epochs}");
                        if (stepsPerEpoch <= 0)
                            throw new ArgumentException($"Expected positive integer steps_per_epoch, but got {stepsPerEpoch}");
                        return checked(epochs * stepsPerEpoch);
                    }

                    private static IEnumerable<double> ForEach(Optimizer optimizer, double value)
                    {
                        ArgumentNullException.ThrowIfNull(optimizer);
                        return optimizer.ParamGroups.Select(_ => value);
                    }

                    private List<double> PerGroup(IEnumerable<double> values, string name)
                    {
                        var list = values.ToList();
                        return list.Count == _base_lrs.Count
                            ? list
                            : throw new ArgumentException($"expected {_base_lrs.Count} values for {name}, got {list.Count}");
                    }
                }
            }
        }
    }
}
