using System.Runtime.InteropServices;

namespace ResNetGen.Training;

/// <summary>
/// The signals that ask a training to stop, for a program's whole run: Ctrl-C (SIGINT) and SIGTERM end it after its step with a
/// checkpoint, and a second one ends the process as it always does; SIGUSR1, which SLURM sends before a job's time is up
/// (<c>--signal=USR1@120</c>), does the same and has the job queued again.
/// </summary>
/// <example><code>
/// using TrainingSignals signals = new();
/// TrainingResult result = Trainer.Fit&lt;ResNet20, Cifar10&gt;(recipe, new() { Cancellation = signals.Token, … });
/// if (signals.Requeue() is { } said) Console.WriteLine(said);
/// return signals.ExitCode;
/// </code></example>
public sealed class TrainingSignals : IDisposable
{
    // Signals have numbers of their own on each system; .NET names only those that it gives a meaning.
    private static readonly int UserSignal = OperatingSystem.IsMacOS() || OperatingSystem.IsFreeBSD() ? 30 : 10;

    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly Func<string, string?> _environment;
    private int _exitCode;
    private int _stops;

    /// <summary>Takes the signals over until it is disposed.</summary>
    public TrainingSignals() : this(Environment.GetEnvironmentVariable)
    {
    }

    internal TrainingSignals(Func<string, string?> environment)
    {
        _environment = environment;
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = Stop(130)));
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = Stop(143)));
        if (!OperatingSystem.IsWindows())
        {
            _registrations.Add(PosixSignalRegistration.Create((PosixSignal)UserSignal, context =>
            {
                context.Cancel = true;
                Ask(128 + UserSignal);
            }));
        }
    }

    /// <summary>Cancelled by the first signal; for <see cref="TrainerOptions.Cancellation"/>.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>
    /// What the process should end with: 128 plus the first signal's number, as shells have it (130 Ctrl-C, 143 SIGTERM, 138 SIGUSR1
    /// on Linux); 0 where there was none.
    /// </summary>
    public int ExitCode => Volatile.Read(ref _exitCode);

    /// <summary>
    /// To be called when the run has saved and ended: after SIGUSR1 in a SLURM job, has SLURM queue the job again
    /// (<c>scontrol requeue</c>). Otherwise it does nothing.
    /// </summary>
    /// <returns>What was done, or what to do by hand, in one line; null where nothing was asked for.</returns>
    public string? Requeue() => ExitCode == 128 + UserSignal ? SlurmJob.Current(_environment)?.Requeue() : null;

    /// <summary>Gives the signals back.</summary>
    public void Dispose()
    {
        _registrations.ForEach(static registration => registration.Dispose());
        _source.Dispose();
    }

    /// <summary>
    /// Whether the process stays. SIGUSR1 does not count as the first of two: SLURM itself follows it with SIGTERM, which must
    /// not cut the save short.
    /// </summary>
    private bool Stop(int code)
    {
        bool first = Interlocked.Increment(ref _stops) == 1;
        if (first)
        {
            Ask(code);
        }

        return first;
    }

    private void Ask(int code)
    {
        if (Interlocked.CompareExchange(ref _exitCode, code, 0) == 0)
        {
            _source.Cancel();
        }
    }
}
