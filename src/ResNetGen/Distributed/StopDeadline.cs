using System.Diagnostics;
using ResNetGen.Native;

namespace ResNetGen.Distributed;

/// <summary>
/// A process that is asked to stop does so, whether or not the other ranks answer: an exchange that still waits a while after the request
/// is given up, and with it the group. Otherwise a rank that hangs would hold all of them for the whole timeout.
/// </summary>
internal sealed class StopDeadline : IDisposable
{
    private readonly ProcessGroup _group;
    private readonly CancellationTokenRegistration _registration;
    private readonly Lock _lock = new();
    private Timer? _timer;
    private long _asked;
    private long _waitsSince;
    private bool _disposed;

    /// <param name="group">The group.</param>
    /// <param name="cancellation">Asks this process to stop.</param>
    public StopDeadline(ProcessGroup group, CancellationToken cancellation)
    {
        _group = group;
        _registration = cancellation.Register(Begin);
    }

    /// <summary>
    /// Longer than ranks are apart within a step, and well below what launchers (60 s) and SLURM's signal (120 s) leave a process to end in.
    /// </summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(30);

    /// <summary>To be disposed when the exchange that begins now is over.</summary>
    public Exchange Wait()
    {
        Volatile.Write(ref _waitsSince, Stopwatch.GetTimestamp());
        return new Exchange(this);
    }

    public void Dispose()
    {
        _registration.Dispose();
        lock (_lock)
        {
            _disposed = true;
            _timer?.Dispose();
        }
    }

    private void Begin()
    {
        lock (_lock)
        {
            if (!_disposed)
            {
                _asked = Stopwatch.GetTimestamp();
                _timer = new Timer(_ => Look(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
            }
        }
    }

    private void Look()
    {
        // Not while the group goes: it is ended under the same lock.
        lock (_lock)
        {
            long since = Volatile.Read(ref _waitsSince);
            if (_disposed || since == 0 || Stopwatch.GetElapsedTime(Math.Max(since, _asked)) < Patience)
            {
                return;
            }

            try
            {
                _group.Abort(FormattableString.Invariant($"it was asked to stop, and the others did not answer for {Patience.TotalSeconds} s."));
            }
            catch (ProcessGroupException)
            {
                // It has ended by itself.
            }
        }
    }

    /// <summary>An exchange under way.</summary>
    internal readonly struct Exchange(StopDeadline deadline) : IDisposable
    {
        public void Dispose() => Volatile.Write(ref deadline._waitsSince, 0);
    }
}
