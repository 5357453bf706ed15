using System.Globalization;
using System.Runtime.InteropServices;

namespace ResNetGen.Distributed.Launching;

/// <summary>Signals by their numbers, which .NET does not send.</summary>
internal static partial class UnixSignal
{
    public const int Interrupt = 2, Kill = 9, Terminate = 15;

    /// <summary>These have numbers of their own on each system.</summary>
    public static readonly int User = IsBsd ? 30 : 10, Stop = IsBsd ? 17 : 19, TerminalStop = IsBsd ? 18 : 20, Continue = IsBsd ? 19 : 18, Resized = 28;

    private static readonly Dictionary<int, string> Names = new()
    {
        [1] = "SIGHUP", [Interrupt] = "SIGINT", [3] = "SIGQUIT", [4] = "SIGILL", [6] = "SIGABRT", [IsBsd ? 10 : 7] = "SIGBUS", [8] = "SIGFPE",
        [Kill] = "SIGKILL", [11] = "SIGSEGV", [13] = "SIGPIPE", [14] = "SIGALRM", [Terminate] = "SIGTERM", [User] = "SIGUSR1",
    };

    private static bool IsBsd => OperatingSystem.IsMacOS() || OperatingSystem.IsFreeBSD();

    /// <summary>"signal 9 (SIGKILL)".</summary>
    public static string Describe(int signal) =>
        string.Create(CultureInfo.InvariantCulture, $"signal {signal}") + (Names.TryGetValue(signal, out string? name) ? $" ({name})" : "");

    /// <summary>Sends one to all of a group that are left, whether or not the process that it is named after is.</summary>
    public static void SendToGroup(int group, int signal) => _ = kill(-group, signal);

    /// <summary>Sends one to a process that lives.</summary>
    public static void Send(int process, int signal, bool wholeGroup)
    {
        // Between its start and setsid it is no group yet.
        if (kill(wholeGroup ? -process : process, signal) != 0 && wholeGroup)
        {
            _ = kill(process, signal);
        }
    }

    [LibraryImport("libc")]
    private static partial int kill(int pid, int signal);
}
