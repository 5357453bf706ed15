namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static LRScheduler ReduceLROnPlateau(Optimizer optimizer, string mode = "min", double factor = 0.1, int patience = 10, double threshold = 1E-4, string threshold_mode = "rel", int cooldown = 0, IList<double>? min_lr = null, double eps = 1E-08, bool verbose = false)
                => new impl.ReduceLROnPlateau(optimizer, mode, factor, patience, threshold, threshold_mode, cooldown, min_lr, eps, verbose);

            public static partial class impl
            {
                /// <summary>Lowers the rate when a metric has not improved for `patience` steps. Takes step(metric) only.</summary>
                public class ReduceLROnPlateau : LRScheduler
                {
                    private readonly bool _smallerIsBetter, _relative;
                    private readonly double _factor, _threshold, _eps;
                    private readonly int _patience, _cooldown;
                    private readonly List<double> _minimum;

                    private double _best;
                    private int _badSteps, _cooldownLeft;

                    public ReduceLROnPlateau(Optimizer optimizer, string mode = "min", double factor = 0.1, int patience = 10, double threshold = 1E-4, string threshold_mode = "rel", int cooldown = 0, IList<double>? min_lr = null, double eps = 1E-08, bool verbose = false)
                        : base(optimizer, -1, verbose)
                    {
                        if (factor >= 1)
                            throw new ArgumentException("Factor should be < 1.0");
                        if (mode is not ("min" or "max"))
                            throw new ArgumentException($"mode {mode} is unknown!");
                        if (threshold_mode is not ("rel" or "abs"))
                            throw new ArgumentException($"threshold mode {threshold_mode} is unknown!");

                        int groups = _base_lrs.Count;
                        _minimum = min_lr switch
                        {
                            null or { Count: 0 } => Enumerable.Repeat(0.0, groups).ToList(),
                            { Count: 1 } => Enumerable.Repeat(min_lr[0], groups).ToList(),
                            _ when min_lr.Count == groups => min_lr.ToList(),
                            _ => throw new ArgumentException($"expected {groups} min_lrs, got {min_lr.Count}"),
                        };

                        (_factor, _threshold, _eps) = (factor, threshold, eps);
                        (_patience, _cooldown) = (patience, cooldown);
                        (_smallerIsBetter, _relative) = (mode == "min", threshold_mode == "rel");
                        _best = _smallerIsBetter ? double.PositiveInfinity : double.NegativeInfinity;
                    }

                    public override void step()
                        => throw new InvalidOperationException("step() should not be used with the ReduceLROnPlateau scheduler. Use step(double, int?), instead.");

                    public override void step(int? epoch)
                        => throw new InvalidOperationException("step(int?) should not be used with the ReduceLROnPlateau scheduler. Use step(double, int?), instead.");

                    public override void step(double current, int? epoch = null)
                    {
                        _last_epoch = epoch ?? _last_epoch + 1;

                        if (IsBetter(current))
                            (_best, _badSteps) = (current, 0);
                        else
                            _badSteps++;

                        if (_cooldownLeft > 0)
                        {
                            _cooldownLeft--;
                            _badSteps = 0;
                        }

                        if (_badSteps > _patience)
                        {
                            Reduce();
                            (_cooldownLeft, _badSteps) = (_cooldown, 0);
                        }
                        _last_lrs = Rates.ToList();
                    }

                    private bool IsBetter(double value)
                    {
                        if (_smallerIsBetter)
                            return value < (_relative ? _best * (1 - _threshold) : _best - _threshold);
                        return value > (_relative ? _best * (1 + _threshold) : _best + _threshold);
                    }

                    private void Reduce()
                    {
                        int i = 0;
                        foreach (var group in _optimizer.ParamGroups)
                        {
                            double rate = Math.Max(group.LearningRate * _factor, _minimum[i]);
                            if (group.LearningRate - rate > _eps)
                            {
                                group.LearningRate = rate;
                                if (_verbose)
                                    Console.WriteLine($"Epoch {_last_epoch}: reducing learning rate of group {i} to {rate:g4}.");
                            }
                            i++;
                        }
                    }
                }
            }
        }
    }
}
