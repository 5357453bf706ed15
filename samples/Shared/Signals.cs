using System.Runtime.InteropServices;

namespace ResNetGen.Samples;

/// <summary>
/// Ctrl-C and SIGTERM: the first one asks the run to stop after its step and to write a checkpoint; the second one ends
/// the process as it always does.
/// </summary>
internal sealed class Signals : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;
    private int _exitCode;

    public Signals()
    {
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Handle(context, 130)),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Handle(context, 143)),
        ];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>128 plus the signal's number, as shells have it; 0 where there was no signal.</summary>
    public int ExitCode => Volatile.Read(ref _exitCode);

    private void Handle(PosixSignalContext context, int code)
    {
        if (Interlocked.CompareExchange(ref _exitCode, code, 0) == 0)
        {
            context.Cancel = true;
            _source.Cancel();
        }
    }

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }

        _source.Dispose();
    }
}
