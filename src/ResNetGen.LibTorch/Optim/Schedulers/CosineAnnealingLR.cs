namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static LRScheduler CosineAnnealingLR(Optimizer optimizer, double T_max, double eta_min = 0, int last_epoch = -1, bool verbose = false)
                => new impl.CosineAnnealingLR(optimizer, T_max, eta_min, last_epoch, verbose);

            public static partial class impl
            {
                /// <summary>Half a cosine from the initial rate to eta_min in T_max steps, and back in as many.</summary>
                public class CosineAnnealingLR : LRScheduler
                {
                    private readonly double _tMax, _etaMin;

                    public CosineAnnealingLR(Optimizer optimizer, double T_max, double eta_min = 0, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        (_tMax, _etaMin) = (T_max, eta_min);
                        step();
                    }

                    protected override IEnumerable<double> get_lr()
                    {
                        if (_last_epoch == 0)
                            return Rates;

                        // Behind the lowest point the recurrence would divide by zero.
                        if ((_last_epoch - 1 - _tMax) % (2 * _tMax) == 0)
                            return Rates.Select((rate, i) => rate + (_base_lrs[i] - _etaMin) * (1 - Math.Cos(Math.PI / _tMax)) / 2);

                        double ratio = (1 + Math.Cos(Math.PI * _last_epoch / _tMax)) / (1 + Math.Cos(Math.PI * (_last_epoch - 1) / _tMax));
                        return Rates.Select(rate => ratio * (rate - _etaMin) + _etaMin);
                    }

                    protected override IEnumerable<double> get_closed_form_lr()
                        => _base_lrs.Select(rate => _etaMin + (rate - _etaMin) * (1 + Math.Cos(Math.PI * _last_epoch / _tMax)) / 2);
                }
            }
        }
    }
}
