namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            /// <summary>Sets the rates of an optimizer's groups, step by step. Concrete schedulers take the first step when made.</summary>
            public abstract class LRScheduler
            {
                internal Optimizer _optimizer = null!;
                internal int _last_epoch = -1;
                internal bool _verbose;
                internal List<double> _base_lrs = [];
                internal List<double> _last_lrs = [];

                protected int _step_count;

                protected LRScheduler() { }

                protected LRScheduler(Optimizer optimizer, int last_epoch = -1, bool verbose = false)
                {
                    ArgumentNullException.ThrowIfNull(optimizer);
                    _optimizer = optimizer;
                    _last_epoch = last_epoch;
                    _verbose = verbose;
                    _base_lrs = optimizer.ParamGroups.Select(group => group.InitialLearningRate).ToList();
                    _last_lrs = optimizer.ParamGroups.Select(group => group.LearningRate).ToList();
                }

                public virtual void step() => step(null);

                /// <summary>To the next step, or straight to a given one where the schedule has a closed form.</summary>
                public virtual void step(int? epoch)
                {
                    _step_count++;
                    _last_epoch = epoch ?? _last_epoch + 1;

                    // Once a step: some schedules move other things (momentum) along with the rate.
                    var rates = (epoch.HasValue ? get_closed_form_lr() : get_lr()).ToList();
                    int i = 0;
                    foreach (var group in _optimizer.ParamGroups.Take(_base_lrs.Count))
                    {
                        if (_verbose && _last_lrs[i] != rates[i])
                            Console.WriteLine($"Adjusting learning rate to {rates[i]}");
                        group.LearningRate = _last_lrs[i] = rates[i];
                        i++;
                    }
                }

                /// <summary>The metric is for ReduceLROnPlateau; others ignore it.</summary>
                public virtual void step(double current, int? epoch = null) => step(epoch);

                public IEnumerable<double> get_last_lr() => _last_lrs;

                protected virtual IEnumerable<double> get_lr() => Rates;

                protected virtual IEnumerable<double> get_closed_form_lr() => get_lr();

                /// <summary>The groups' rates as they are now.</summary>
                private protected IEnumerable<double> Rates => _optimizer.ParamGroups.Select(group => group.LearningRate);

                private protected IEnumerable<double> Scaled(double factor) => Rates.Select(rate => rate * factor);
            }
        }
    }
}
