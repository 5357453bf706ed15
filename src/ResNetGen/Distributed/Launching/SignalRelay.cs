using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace ResNetGen.Distributed.Launching;

/// <summary>
/// Signals that come to the launcher, on their way to the ranks. Ranks that are apart from the terminal get Ctrl-C from here and
/// from nowhere else; where they are not, the terminal has sent it to them already. Ctrl-Z stops them with the launcher.
/// </summary>
internal sealed class SignalRelay : IDisposable
{
    private readonly List<PosixSignalRegistration> _registrations = [];

    public SignalRelay(Shelter shelter, BlockingCollection<Action> queue, Supervisor supervisor)
    {
        bool terminal = !Console.IsInputRedirected || !Console.IsOutputRedirected;
        Take((int)PosixSignal.SIGINT, () => supervisor.Stop(UnixSignal.Interrupt, forward: shelter.IsApart || !terminal));
        Take((int)PosixSignal.SIGTERM, () => supervisor.Stop(UnixSignal.Terminate, forward: true));
        Take(UnixSignal.User, () => supervisor.Stop(UnixSignal.User, forward: true));
        if (shelter.IsApart)
        {
            Take(UnixSignal.TerminalStop, supervisor.Suspend);
            Take(UnixSignal.Resized, supervisor.Resize);
        }

        void Take(int signal, Action deed) => _registrations.Add(PosixSignalRegistration.Create((PosixSignal)signal, context =>
        {
            context.Cancel = true;
            queue.Add(deed);
        }));
    }

    public void Dispose() => _registrations.ForEach(static registration => registration.Dispose());
}
