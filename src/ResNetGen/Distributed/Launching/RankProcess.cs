using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace ResNetGen.Distributed.Launching;

/// <summary>One rank: a process, and what became of it.</summary>
internal sealed class RankProcess : IDisposable
{
    private readonly Process _process;
    private readonly bool _apart;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly List<Task> _views = [];

    private RankProcess(int rank, Process process, bool apart) => (Rank, _process, _apart, Id) = (rank, process, apart, process.Id);

    /// <summary>Its number, from 0.</summary>
    public int Rank { get; }

    /// <summary>The process's number.</summary>
    public int Id { get; }

    /// <summary>What it ended with, 128 plus the number of a signal that killed it; null while it runs.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>How long it ran.</summary>
    public TimeSpan Lived { get; private set; }

    /// <summary>When its end was noticed, in ticks of <see cref="Stopwatch"/>.</summary>
    public long EndedAt { get; private set; }

    /// <summary>Starts a rank. The kernel ties its life to the calling thread, which must not end before it.</summary>
    /// <param name="options">What is started.</param>
    /// <param name="shelter">What stands before the program.</param>
    /// <param name="program">The program's file.</param>
    /// <param name="rank">The rank's number.</param>
    /// <param name="port">Where the ranks meet.</param>
    /// <param name="queue">Gets an entry when the process has ended, to be run by who watches.</param>
    public static RankProcess Start(LaunchOptions options, Shelter shelter, string program, int rank, int port, BlockingCollection<Action> queue)
    {
        IReadOnlyList<string> command = shelter.Command(program, options.Arguments);
        bool others = rank > 0;
        ProcessStartInfo start = new(command[0], command.Skip(1))
        {
            RedirectStandardInput = others,
            RedirectStandardOutput = others,
            RedirectStandardError = others,
        };
        foreach ((string name, string value) in LaunchVariables.Of(options, rank, port))
        {
            start.Environment[name] = value;
        }

        Process process = new() { StartInfo = start, EnableRaisingEvents = true };
        RankProcess? made = null;
        process.Exited += (_, _) => queue.Add(() => made!.End());
        process.Start();
        made = new RankProcess(rank, process, shelter.IsApart);
        if (others)
        {
            process.StandardInput.Close();
            RankView view = new(rank, options);
            made._views.Add(view.Show(process.StandardOutput, complaintsOnly: !options.ShowAll));
            made._views.Add(view.Show(process.StandardError, complaintsOnly: false));
        }

        return made;
    }

    /// <summary>
    /// Sends it a signal. Who asks a process to end by its number means that process, which knows what it started; Ctrl-C, stopping
    /// and killing are for all that it started as well, as they are at a terminal.
    /// </summary>
    public void Send(int signal)
    {
        // Its end may be known to the system before it has come through the queue.
        if (ExitCode is null && !_process.HasExited)
        {
            bool alone = signal == UnixSignal.Terminate || signal == UnixSignal.User || signal == UnixSignal.Resized;
            UnixSignal.Send(Id, signal, wholeGroup: _apart && !alone);
        }
    }

    /// <summary>Notes how it ended, and ends what it left behind.</summary>
    private void End()
    {
        if (ExitCode is not null)
        {
            return;
        }

        Lived = _watch.Elapsed;
        EndedAt = Stopwatch.GetTimestamp();
        ExitCode = _process.ExitCode;
        if (_apart)
        {
            // Its number as a group's is not given away while members live, and numbers go round only after thousands of others. As a
            // process's it may be another one's by now.
            UnixSignal.SendToGroup(Id, UnixSignal.Kill);
        }
    }

    /// <summary>Waits, a moment at most, for its last lines to be shown: what it started could hold its output open.</summary>
    public void Drain() => Task.WaitAll([.. _views], TimeSpan.FromSeconds(1));

    /// <summary>Kills it where it still runs.</summary>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Send(UnixSignal.Kill);
            _process.WaitForExit(TimeSpan.FromSeconds(5));
        }

        _process.Dispose();
    }

    /// <summary>"rank 2 (process 4711)".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"rank {Rank} (process {Id})");
}
