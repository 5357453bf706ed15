using System.Runtime.ExceptionServices;
using ResNetGen.Native;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Distributed;

/// <summary>Ranks of a process group.</summary>
internal sealed class JoinedRanks : Ranks
{
    private readonly ProcessGroup _group;
    private readonly RankEnvironment _environment;
    private readonly bool _synchronizes;
    private readonly Device _device;
    private readonly Tensor _signal;
    private readonly TextRounds _texts;
    private readonly StopDeadline _stop;
    private Exception? _known;
    private bool _aborted;

    private JoinedRanks(ProcessGroup group, RankEnvironment environment, bool synchronizes, Device device, CancellationToken cancellation)
    {
        _group = group;
        _environment = environment;
        _synchronizes = synchronizes;
        _device = device;
        _signal = zeros(1, dtype: ScalarType.Int32, device: device).DetachFromDisposeScope();
        _texts = new TextRounds(group, cancellation);
        _stop = new StopDeadline(group, cancellation);
    }

    public override int Rank => _group.Rank;

    public override int Count => _group.WorldSize;

    public override int OnThisMachine => _environment.LocalWorldSize;

    public override int Processors => _environment.ShareOf(Environment.ProcessorCount);

    public override bool AreJoined => true;

    /// <summary>Within a step a group of one has nothing to say to itself; the step is that of a process by itself.</summary>
    private bool IsAlone => Count == 1;

    public override string Description => FormattableString.Invariant(
        $"{Count} ({_environment.Speaker}, {_group.Backend}{(_synchronizes ? ", synchronised BatchNorm" : "")})");

    /// <remarks>One rank computes what a process by itself does, to the bit.</remarks>
    public override string Key => Count == 1 ? "" : FormattableString.Invariant($", {Count} ranks{(_synchronizes ? ", synchronised BatchNorm" : "")}");

    /// <summary>A rank that gives no answer for so long is lost, where the user says nothing: a stalled disk is not the end of a run.</summary>
    public static TimeSpan UsualTimeout { get; } = TimeSpan.FromMinutes(5);

    public static new JoinedRanks Join(RankEnvironment environment, int? gpu, TrainerOptions options)
    {
        try
        {
            ProcessGroup group = Meet(new ProcessGroupOptions
            {
                Rank = environment.Rank,
                WorldSize = environment.WorldSize,
                MasterAddress = environment.MasterAddress,
                MasterPort = environment.MasterPort,
                Backend = Backend(gpu is not null),
                Timeout = options.CommunicationTimeout ?? UsualTimeout,
                LocalRank = gpu ?? environment.LocalRank,
                HostsStore = environment.StoreIsHosted ? false : null,

                // Where the store outlives the processes, what those before left in it is not for these.
                StorePrefix = FormattableString.Invariant($"resnetgen/{environment.Restarts}"),
            }, options.Cancellation);
            return new JoinedRanks(
                group, environment, options.SynchronizedBatchNorm, gpu is { } index ? device(DeviceType.CUDA, index) : CPU, options.Cancellation);
        }
        catch (ProcessGroupException e) when (e.Failure == ProcessGroupFailure.Rendezvous)
        {
            // It names the rank already.
            throw new BadInputException(e.Message, e);
        }
        catch (Exception e) when (e is NotSupportedException or ArgumentException)
        {
            throw new BadInputException($"{environment}: {e.Message}", e);
        }
    }

    public override StepSignal Agree(StepSignal own)
    {
        if (IsAlone)
        {
            return own;
        }

        using StopDeadline.Exchange waits = _stop.Wait();
        using IDisposable guard = no_grad();
        _ = _signal.fill_((int)own);
        _group.AllReduce(_signal, ReduceOperation.Maximum);
        using Tensor near = _signal.cpu();
        return (StepSignal)near.item<int>();
    }

    public override IGradientExchange? ExchangeGradients(IReadOnlyList<(string Name, Parameter Parameter)> parameters) =>
        IsAlone ? null : new Buckets(_group, parameters, _stop);

    public override IDisposable? SynchronizeBatchNorm() => _synchronizes && !IsAlone ? SynchronizedBatchNorm.Use(_group) : null;

    public override void Broadcast(IEnumerable<Tensor> tensors)
    {
        using StopDeadline.Exchange waits = _stop.Wait();
        using IDisposable guard = no_grad();
        foreach (Tensor tensor in tensors.Where(static tensor => tensor.numel() > 0))
        {
            // Whatever its layout and device are, it travels as one block where the backend takes it.
            using Tensor near = tensor.contiguous();
            using Tensor there = near.to(_device);
            using Tensor block = there.contiguous();
            _group.Broadcast(block);
            if (!IsFirst)
            {
                _ = tensor.copy_(block);
            }
        }
    }

    public override void Sum(Tensor numbers)
    {
        using StopDeadline.Exchange waits = _stop.Wait();
        using IDisposable guard = no_grad();
        using Tensor copy = numbers.clone();
        using Tensor block = copy.to(_device);
        _group.AllReduce(block);
        _ = numbers.copy_(block);
    }

    public override double[][] Gather(double[] own)
    {
        using StopDeadline.Exchange waits = _stop.Wait();
        using IDisposable guard = no_grad();
        using Tensor near = tensor(own);
        using Tensor mine = near.to(_device);
        using Tensor all = _group.AllGather(mine);
        using Tensor back = all.cpu();
        double[] values = back.contiguous().data<double>().ToArray();
        return [.. values.Chunk(own.Length)];
    }

    public override IReadOnlyList<string> Texts(string own) => _texts.Exchange(own);

    public override T Together<T>(Func<T> work)
    {
        (T? result, Exception? failure) = Try(work);
        Raise(failure, _texts.Exchange(Outcome.Write(failure)));
        return result!;
    }

    public override string OnFirst(Func<string> work)
    {
        (string? result, Exception? failure) = Try(() => IsFirst ? work() : "");
        IReadOnlyList<string> texts = _texts.Exchange(Outcome.Write(failure, result));
        Raise(failure, texts);
        return Outcome.ResultOf(texts[0]);
    }

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

        _aborted = true;
        try
        {
            _group.Abort(exception.Message.Split('\n', 2)[0]);
        }
        catch (ProcessGroupException)
        {
            // They will find out.
        }
    }

    public override void Dispose()
    {
        _stop.Dispose();
        _texts.Leave(_aborted);
        _signal.Dispose();
        _group.Dispose();
    }

    /// <summary>Joins on a thread of its own, which a process that is asked to stop does not wait for.</summary>
    private static ProcessGroup Meet(ProcessGroupOptions meeting, CancellationToken cancellation)
    {
        if (!cancellation.CanBeCanceled)
        {
            return ProcessGroup.Join(meeting);
        }

        Task<ProcessGroup> joining = Task.Factory.StartNew(
            () => ProcessGroup.Join(meeting), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            _ = Task.WaitAny([joining], cancellation);
        }
        catch (OperationCanceledException)
        {
            // The others must not find a rank there that goes no further.
            _ = joining.ContinueWith(static joined => joined.Result.Dispose(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            throw;
        }

        return joining.GetAwaiter().GetResult();
    }

    private (T? Result, Exception? Failure) Try<T>(Func<T> work)
    {
        using IDisposable signs = _texts.ShowWork();
        try
        {
            return (work(), null);
        }
        catch (Exception e) when (e is not ProcessGroupException)
        {
            return (default, e);
        }
    }

    private void Raise(Exception? own, IReadOnlyList<string> outcomes)
    {
        if (Outcome.Decide(own, Rank, outcomes) is not { } failure)
        {
            return;
        }

        Known(failure);
        ExceptionDispatchInfo.Throw(failure);
    }

    private sealed class Buckets(ProcessGroup group, IReadOnlyList<(string Name, Parameter Parameter)> parameters, StopDeadline stop) : IGradientExchange
    {
        private readonly GradientBuckets _buckets = new(group, parameters);

        public string Way => _buckets.NotShared is { } reason ? $"{group.Backend} ({reason})" : "shared memory";

        public string? Warning => _buckets.LacksMemory
            ? $"gradients go through {group.Backend}, which takes longer than the memory that ranks of one machine can share: {_buckets.NotShared}."
            : null;

        public void Expect() => _buckets.Expect();

        public void Finish()
        {
            using StopDeadline.Exchange waits = stop.Wait();
            _buckets.Finish();
        }

        public void Dispose() => _buckets.Dispose();
    }
}
