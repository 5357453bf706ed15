using ResNetGen.Native;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Distributed;

/// <summary>
/// The processes that train together, as a run sees them: who this one is, and what all do together. Each method but those about this
/// rank alone is called by all of them, in the same order.
/// </summary>
internal abstract class Ranks : IDisposable
{
    /// <summary>A process by itself.</summary>
    public static Ranks One { get; } = new OneRank();

    /// <summary>This process, from 0.</summary>
    public abstract int Rank { get; }

    /// <summary>How many there are.</summary>
    public abstract int Count { get; }

    /// <summary>How many of them share this machine's processors.</summary>
    public virtual int OnThisMachine => 1;

    /// <summary>The processors that this one may take.</summary>
    public virtual int Processors => Environment.ProcessorCount;

    /// <summary>Whether there is a group, be it of one: then its ways are gone.</summary>
    public virtual bool AreJoined => false;

    /// <summary>Whether this is the one that prints and writes.</summary>
    public bool IsFirst => Rank == 0;

    /// <summary>How they are described with the run, such as "4 (torchrun, gloo)".</summary>
    public virtual string Description => "1";

    /// <summary>What numbers depend on besides device and arithmetic, such as ", 4 ranks"; nothing for a process by itself.</summary>
    public virtual string Key => "";

    /// <summary>Joins the group that an environment names.</summary>
    /// <param name="environment">Who this is; null for a process by itself.</param>
    /// <param name="gpu">Which GPU this one computes on; null where it does on the processor.</param>
    /// <param name="options">The run's options.</param>
    /// <exception cref="BadInputException">There is no group to join.</exception>
    /// <exception cref="OperationCanceledException">This process was asked to stop before all were there.</exception>
    public static Ranks Join(RankEnvironment? environment, int? gpu, TrainerOptions options) =>
        environment is not null && Meets(environment, gpu is not null) ? JoinedRanks.Join(environment, gpu, options) : One;

    /// <summary>Whether there is a group to join: a process that is the only one can do without where this build has none.</summary>
    public static bool Meets(RankEnvironment environment, bool cuda) => environment.WorldSize > 1 || ProcessGroup.Has(Backend(cuda));

    /// <summary>What ranks exchange tensors by.</summary>
    public static string Backend(bool cuda) => cuda ? "nccl" : "gloo";

    /// <summary>What all do: the greatest of what each has to say.</summary>
    public abstract StepSignal Agree(StepSignal own);

    /// <summary>What averages the gradients of a network over the ranks; null where there are no others.</summary>
    public abstract IGradientExchange? ExchangeGradients(IReadOnlyList<(string Name, Parameter Parameter)> parameters);

    /// <summary>While it is open, BatchNorm takes its statistics over all ranks; null where each takes its own, or there are no others.</summary>
    public abstract IDisposable? SynchronizeBatchNorm();

    /// <summary>Gives all ranks what rank 0 has in some tensors, in place.</summary>
    public abstract void Broadcast(IEnumerable<Tensor> tensors);

    /// <summary>Adds up numbers over the ranks, float64 on the CPU, in place.</summary>
    public abstract void Sum(Tensor numbers);

    /// <summary>Everybody's numbers, by rank.</summary>
    public abstract double[][] Gather(double[] own);

    /// <summary>
    /// Everybody's text, by rank. Waits as long as those that are missing show that they work: what came before may take minutes on
    /// one rank and no time on another.
    /// </summary>
    public abstract IReadOnlyList<string> Texts(string own);

    /// <summary>
    /// Does something on each rank that may fail or take its time on some: afterwards it is done on all, or fails on all, with the same
    /// kind of exception.
    /// </summary>
    public virtual T Together<T>(Func<T> work) => work();

    /// <summary>Does something on rank 0 alone, and tells all what came of it; fails on all where it fails.</summary>
    public virtual string OnFirst(Func<string> work) => work();

    /// <summary>Says of an exception that it is thrown on all ranks: nobody needs to be told.</summary>
    public virtual T Known<T>(T exception)
        where T : Exception => exception;

    /// <summary>Leaves with an exception; the others are told, unless they have it as well.</summary>
    public virtual void Leave(Exception exception)
    {
    }

    /// <summary>Leaves.</summary>
    public virtual void Dispose()
    {
    }

    /// <summary>The same without a result.</summary>
    public void Together(Action work) => Together(() =>
    {
        work();
        return true;
    });

    /// <summary>A process by itself: nothing has to be agreed upon.</summary>
    private sealed class OneRank : Ranks
    {
        public override int Rank => 0;

        public override int Count => 1;

        public override StepSignal Agree(StepSignal own) => own;

        public override IGradientExchange? ExchangeGradients(IReadOnlyList<(string Name, Parameter Parameter)> parameters) => null;

        public override IDisposable? SynchronizeBatchNorm() => null;

        public override void Broadcast(IEnumerable<Tensor> tensors)
        {
        }

        public override void Sum(Tensor numbers)
        {
        }

        public override double[][] Gather(double[] own) => [own];

        public override IReadOnlyList<string> Texts(string own) => [own];
    }
}
