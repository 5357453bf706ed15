using System.Diagnostics;

namespace ResNetGen.Training;

/// <summary>Measures a session: how long it trains, and how fast between two readings.</summary>
/// <param name="earlierSeconds">Seconds of training in earlier sessions.</param>
/// <param name="metrics">Counts pictures and steps.</param>
internal sealed class RunClock(double earlierSeconds, RunningMetrics metrics)
{
    private readonly Stopwatch _session = Stopwatch.StartNew();
    private readonly Stopwatch _interval = Stopwatch.StartNew();
    private readonly Stopwatch _waiting = new();
    private long _imagesBefore = metrics.Images;
    private long _stepsBefore = metrics.Iterations;

    /// <summary>Seconds of training so far, over all sessions.</summary>
    public double Elapsed => earlierSeconds + _session.Elapsed.TotalSeconds;

    /// <summary>Waits for pictures.</summary>
    public T Waiting<T>(Func<T> read)
    {
        _waiting.Start();
        T found = read();
        _waiting.Stop();
        return found;
    }

    /// <summary>The speed since the last restart.</summary>
    public Speed Read() => new(
        metrics.Images - _imagesBefore, metrics.Iterations - _stepsBefore, _interval.Elapsed.TotalSeconds, _waiting.Elapsed.TotalSeconds);

    /// <summary>Starts an interval. Evaluations and checkpoints do not count against the speed of training.</summary>
    public void Restart()
    {
        _interval.Restart();
        _waiting.Reset();
        _imagesBefore = metrics.Images;
        _stepsBefore = metrics.Iterations;
    }

    /// <summary>How fast an interval was.</summary>
    /// <param name="Images">Pictures.</param>
    /// <param name="Steps">Iterations.</param>
    /// <param name="Seconds">All of its time.</param>
    /// <param name="Waited">Of it, spent waiting for pictures.</param>
    public readonly record struct Speed(double Images, double Steps, double Seconds, double Waited)
    {
        /// <summary>Pictures a second.</summary>
        public double ImagesPerSecond => Images / Seconds;

        /// <summary>Pictures a second where waiting for them does not count.</summary>
        public double ComputeImagesPerSecond => Images / (Seconds - Waited);

        /// <summary>Seconds that a step waited.</summary>
        public double DataSeconds => Waited / Steps;

        /// <summary>Seconds that a step took without that.</summary>
        public double ComputeSeconds => (Seconds - Waited) / Steps;
    }
}
