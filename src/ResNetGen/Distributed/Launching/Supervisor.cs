using System.Collections.Concurrent;
using System.Diagnostics;

namespace ResNetGen.Distributed.Launching;

/// <summary>
/// Watches the ranks until the last has ended. When one fails, the others get a moment to notice by themselves, which they use to
/// say what they lost; then they are asked to end (SIGTERM), and killed when their time is over.
/// </summary>
internal sealed class Supervisor(LaunchOptions options, IReadOnlyList<RankProcess> ranks)
{
    /// <summary>A broken connection is noticed at once, by the next thing that needs it.</summary>
    private readonly TimeSpan _noticeTime = options.Grace < TimeSpan.FromSeconds(5) ? options.Grace : TimeSpan.FromSeconds(5);

    private readonly List<RankProcess> _ended = [];
    private readonly List<RankProcess> _killed = [];
    private RankProcess[] _endedHere = [];
    private int? _stop;
    private bool _asked;
    private (Stopwatch Since, TimeSpan Length)? _deadline;

    private IEnumerable<RankProcess> Living => ranks.Where(static rank => rank.ExitCode is null);

    /// <summary>Runs what the queue brings until all have ended.</summary>
    /// <returns>The exit code.</returns>
    public int Watch(BlockingCollection<Action> queue)
    {
        while (Living.Any())
        {
            if (queue.TryTake(out Action? deed, Remaining()))
            {
                deed();
                NoteEnded();
            }
            else
            {
                Escalate();
            }
        }

        foreach (RankProcess rank in ranks)
        {
            rank.Drain();
        }

        LaunchOutcome outcome = LaunchOutcome.Of(_ended, _endedHere, _killed, _stop, options.Grace);
        if (outcome.Message is not null)
        {
            string after = outcome.ExitCode != 0 && options.AfterFailure?.Invoke() is { Length: > 0 } text ? "; " + text : "";
            Say(outcome.Message + after);
        }

        return outcome.ExitCode;
    }

    /// <summary>A signal that asks all to end: they get it, and the time to save.</summary>
    public void Stop(int signal, bool forward)
    {
        _stop ??= signal;
        if (forward)
        {
            SendAll(signal);
        }

        _asked = true;
        _deadline ??= (Stopwatch.StartNew(), options.Grace);
    }

    /// <summary>Ctrl-Z: all stop, this process last; it is here again after <c>fg</c>.</summary>
    public void Suspend()
    {
        SendAll(UnixSignal.Stop);
        UnixSignal.Send(Environment.ProcessId, UnixSignal.Stop, wholeGroup: false);
        SendAll(UnixSignal.Continue);
    }

    /// <summary>The terminal has another size, and rank 0 may draw on it.</summary>
    public void Resize() => ranks[0].Send(UnixSignal.Resized);

    private void NoteEnded()
    {
        foreach (RankProcess rank in ranks.Where(rank => rank.ExitCode is not null && !_ended.Contains(rank)))
        {
            _ended.Add(rank);
            if (rank.ExitCode != 0 && _stop is null)
            {
                _deadline ??= (Stopwatch.StartNew(), _noticeTime);
            }
        }
    }

    private TimeSpan Remaining()
    {
        if (_deadline is not { } deadline)
        {
            return Timeout.InfiniteTimeSpan;
        }

        TimeSpan left = deadline.Length - deadline.Since.Elapsed;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private void Escalate()
    {
        if (!_asked)
        {
            Say($"{LaunchOutcome.HowItEnded(_ended.First(static rank => rank.ExitCode != 0))}; ending the others");
            _endedHere = [.. Living];
            SendAll(UnixSignal.Terminate);
            _asked = true;
            _deadline = (Stopwatch.StartNew(), options.Grace);
            return;
        }

        foreach (RankProcess rank in Living)
        {
            _killed.Add(rank);
            rank.Send(UnixSignal.Kill);
        }

        _deadline = null;
    }

    private void SendAll(int signal)
    {
        foreach (RankProcess rank in Living)
        {
            rank.Send(signal);
        }
    }

    private void Say(string text)
    {
        lock (options.Messages)
        {
            options.Messages.WriteLine(text);
        }
    }
}
