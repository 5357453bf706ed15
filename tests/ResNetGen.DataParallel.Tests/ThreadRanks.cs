using ResNetGen.Distributed;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.DataParallel.Tests;

/// <summary>Ranks that are threads and meet in memory, without a process group.</summary>
internal sealed class ThreadRanks(ThreadRanks.Meeting meeting, int rank) : Ranks
{
    private Exception? _known;

    public override int Rank => rank;

    public override int Count => meeting.Count;

    public override bool AreJoined => true;

    public override string Key => $", {Count} ranks";

    public override StepSignal Agree(StepSignal own) => (StepSignal)meeting.Exchange(rank, (object)(int)own).Max(static one => (int)one);

    public override IGradientExchange? ExchangeGradients(IReadOnlyList<(string Name, Parameter Parameter)> parameters) =>
        new Exchange(this, [.. parameters.Select(static p => p.Parameter)]);

    public override IDisposable? SynchronizeBatchNorm() => null;

    public override void Broadcast(IEnumerable<Tensor> tensors)
    {
        using IDisposable guard = no_grad();
        foreach (Tensor tensor in tensors)
        {
            Tensor first = (Tensor)meeting.Exchange(rank, (object)tensor.clone().DetachFromDisposeScope())[0];
            _ = tensor.copy_(first);
        }
    }

    public override void Sum(Tensor numbers)
    {
        using IDisposable guard = no_grad();
        object[] all = meeting.Exchange(rank, (object)numbers.clone().DetachFromDisposeScope());
        _ = numbers.fill_(0);
        foreach (object one in all)
        {
            _ = numbers.add_((Tensor)one);
        }
    }

    public override double[][] Gather(double[] own) => [.. meeting.Exchange(rank, (object)own).Cast<double[]>()];

    public override IReadOnlyList<string> Texts(string own) => [.. meeting.Exchange(rank, (object)own).Cast<string>()];

    public override T Together<T>(Func<T> work)
    {
        T? result = default;
        Exception? failure = null;
        try
        {
            result = work();
        }
        catch (Exception e)
        {
            failure = e;
        }

        return Outcome.Decide(failure, rank, Texts(Outcome.Write(failure))) is { } all ? throw Known(all) : result!;
    }

    public override string OnFirst(Func<string> work) => Texts(Together(() => IsFirst ? work() : ""))[0];

    public override T Known<T>(T exception)
    {
        _known = exception;
        return exception;
    }

    public override void Leave(Exception exception)
    {
        for (Exception? each = exception; each is not null; each = each.InnerException)
        {
            if (ReferenceEquals(each, _known))
            {
                return;
            }
        }

        meeting.Break(rank, exception);
    }

    /// <summary>Where the threads meet.</summary>
    internal sealed class Meeting(int count)
    {
        private readonly object _gate = new();
        private object[] _slots = new object[count];
        private int _here;
        private string? _broken;
        private int _breaker;

        public int Count => count;

        public object[] Exchange(int rank, object own)
        {
            lock (_gate)
            {
                if (_broken is not null)
                {
                    throw Lost();
                }

                object[] slots = _slots;
                slots[rank] = own;
                if (++_here == count)
                {
                    (_here, _slots) = (0, new object[count]);
                    Monitor.PulseAll(_gate);
                    return slots;
                }

                while (_slots == slots)
                {
                    if (_broken is not null)
                    {
                        throw Lost();
                    }

                    Monitor.Wait(_gate);
                }

                return slots;
            }
        }

        private Native.ProcessGroupException Lost() =>
            new($"Rank {_breaker} is lost: {_broken}.", Native.ProcessGroupFailure.PeerLost, _breaker);

        public void Break(int rank, Exception why)
        {
            lock (_gate)
            {
                if (_broken is null)
                {
                    (_breaker, _broken) = (rank, why.Message);
                }

                Monitor.PulseAll(_gate);
            }
        }
    }

    private sealed class Exchange(ThreadRanks ranks, Parameter[] parameters) : IGradientExchange
    {
        public void Expect()
        {
        }

        public void Finish()
        {
            using IDisposable guard = no_grad();
            foreach (Parameter parameter in parameters)
            {
                using Tensor sum = parameter.grad!.clone();
                ranks.Sum(sum);
                _ = parameter.grad!.copy_(sum.div_(ranks.Count));
            }
        }

        public void Dispose()
        {
        }
    }
}
