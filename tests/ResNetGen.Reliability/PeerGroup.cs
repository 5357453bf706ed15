using System.Diagnostics;
using System.Globalization;
using ResNetGen.Distributed.Launching;

namespace ResNetGen.Reliability;

/// <summary>The processes of one run, started as torchrun would, each watched by itself: who ends, when, and with what words.</summary>
internal sealed class PeerGroup : IDisposable
{
    /// <summary>How long a process waits for another before it takes it for lost.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>Beside that: the start of a process, which comes before it waits, and a machine that does other things.</summary>
    public static readonly TimeSpan Slack = TimeSpan.FromSeconds(10);

    private readonly List<Peer> _peers = [];

    public PeerGroup(string output, long seed, int count, Func<int, string[]>? before = null, string address = "127.0.0.1", int? port = null)
    {
        int meeting = port ?? FreePort.Find();
        for (int rank = 0; rank < count; rank++)
        {
            string[] words = [.. before?.Invoke(rank) ?? [], Environment.ProcessPath!, .. KillTrial.Host(), "train", output, seed.ToString(CultureInfo.InvariantCulture)];
            ProcessStartInfo start = new(words[0], words[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
            foreach ((string name, string value) in (ReadOnlySpan<(string, string)>)
                [
                    ("RANK", Text(rank)), ("WORLD_SIZE", Text(count)), ("LOCAL_RANK", "0"), ("LOCAL_WORLD_SIZE", "1"),
                    ("MASTER_ADDR", address), ("MASTER_PORT", Text(meeting)),
                ])
            {
                start.Environment[name] = value;
            }

            _peers.Add(new Peer(rank, Process.Start(start)!));
        }
    }

    public IReadOnlyList<Peer> Peers => _peers;

    /// <summary>Waits until they have begun to train, which rank 0 says for all. False where it ended before.</summary>
    public bool WaitUntilReady() => _peers[0].WaitUntilReady();

    /// <summary>Waits for all, each so long at most.</summary>
    public bool WaitForExit(TimeSpan time) => _peers.All(peer => peer.Process.WaitForExit(time));

    public void Dispose()
    {
        foreach (Peer peer in _peers)
        {
            if (!peer.Process.HasExited)
            {
                peer.Process.Kill();
            }

            peer.Process.Dispose();
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>One of them.</summary>
internal sealed class Peer
{
    private readonly Task<string> _errors;
    private readonly ManualResetEventSlim _ready = new();

    public Peer(int rank, Process process)
    {
        Rank = rank;
        Process = process;
        _errors = process.StandardError.ReadToEndAsync();
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null or Training.Ready)
            {
                _ready.Set();
            }
        };
        process.BeginOutputReadLine();
    }

    public int Rank { get; }

    public Process Process { get; }

    /// <summary>What it wrote to standard error, when it has ended.</summary>
    public string Errors => _errors.Wait(TimeSpan.FromSeconds(5)) ? _errors.Result.Trim() : "";

    public bool WaitUntilReady() => _ready.Wait(TimeSpan.FromMinutes(1)) && !Process.HasExited;

    /// <summary>What is wrong with the end of a process that lost another; null where it is as it should be.</summary>
    /// <param name="met">Whether all had met before; else those that wait for it in vain never knew it.</param>
    public string? WrongEnd(bool met)
    {
        if (!Process.HasExited)
        {
            return $"rank {Rank} has not ended";
        }

        if (!met && Process.ExitCode == 1 && Errors.StartsWith("error: ", StringComparison.Ordinal))
        {
            return null;
        }

        return Process.ExitCode != Training.PeerLost ? $"rank {Rank} ended with {Process.ExitCode} and not {Training.PeerLost}: {Errors}"
            : Errors.Contains("   at ", StringComparison.Ordinal) ? $"rank {Rank} showed a stack trace: {Errors}"
            : !met || Errors.Contains("checkpoint", StringComparison.OrdinalIgnoreCase) ? null
            : $"rank {Rank} does not say what to do: \"{Errors}\"";
    }
}
