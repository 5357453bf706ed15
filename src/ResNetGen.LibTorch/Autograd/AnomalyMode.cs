using static TorchSharp.NativeMethods;

namespace TorchSharp;

/// <summary>While it lives, backward names the forward operation whose gradient failed or became NaN.</summary>
public class AnomalyMode : IDisposable
{
    private readonly bool _before = IsEnabled;
    private readonly bool _checkedBefore = ShouldCheckNaN;

    public AnomalyMode(bool enabled, bool check_nan = true) => Check(rt_set_anomaly_mode(enabled ? 1 : 0, check_nan ? 1 : 0));

    public static bool IsEnabled => rt_anomaly_mode() != 0;

    public static bool ShouldCheckNaN => rt_anomaly_check_nan() != 0;

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing) Check(rt_set_anomaly_mode(_before ? 1 : 0, _checkedBefore ? 1 : 0));
    }
}

public static partial class torch
{
    public static partial class autograd
    {
        public static AnomalyMode detect_anomaly(bool check_nan = true) => new(true, check_nan);

        public static AnomalyMode set_detect_anomaly(bool mode, bool check_nan = true) => new(mode, check_nan);
    }
}
