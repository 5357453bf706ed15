using TorchSharp;

namespace ResNetGen.Native;

/// <summary>
/// Several processes that compute together, on one machine or on many: PyTorch's own engine (c10d), so that a process of PyTorch may be
/// one of them. They meet at a store (<c>TCPStore</c>) and exchange tensors through Gloo or NCCL.
/// </summary>
/// <remarks>
/// <para>Every rank makes the same calls in the same order, from one thread at a time; the store and <see cref="Abort"/> may be used from
/// any thread. Each call ends within the timeout, and where a rank is lost it ends with a message that names it: every rank gives signs
/// of life through the store, from a thread of its own.</para>
/// <para>After a <see cref="ProcessGroupException"/> of a tensor operation the group is of no more use, and all further ones fail
/// with the same message: dispose it, and start all ranks again from their last checkpoint.</para>
/// </remarks>
public sealed partial class ProcessGroup : IDisposable
{
    private int _buckets;

    private ProcessGroup(GroupHandle handle, ProcessGroupOptions options)
    {
        Handle = handle;
        Rank = options.Rank;
        WorldSize = options.WorldSize;
        Backend = options.Backend;
        Timeout = options.Timeout;
    }

    /// <summary>Whether groups can be joined here, with one backend at least.</summary>
    public static bool IsAvailable => Has("gloo") || Has("nccl");

    /// <summary>This process's number, 0 to <see cref="WorldSize"/> - 1.</summary>
    public int Rank { get; }

    /// <summary>The number of processes.</summary>
    public int WorldSize { get; }

    /// <summary>"gloo" or "nccl".</summary>
    public string Backend { get; }

    /// <summary>How long a call waits for the other ranks.</summary>
    public TimeSpan Timeout { get; }

    /// <summary>
    /// What ended the group, null while it is of use. An exception that comes out of a network in the midst of its forward pass, or of what
    /// runs it, may be another one with the same message.
    /// </summary>
    public ProcessGroupException? Ended
    {
        get
        {
            if (Handle.IsClosed) return new ProcessGroupException($"rank {Rank} of {WorldSize} has left this group: it was disposed.", ProcessGroupFailure.Closed, Rank);
            return NativeMethods.rn_group_check(Handle) == 0 ? null : Error();
        }
    }

    internal GroupHandle Handle { get; }

    /// <summary>Whether a backend, "gloo" or "nccl", is in this build: libtorch must have it, and its headers were found when the native library was made.</summary>
    public static bool Has(string backend)
    {
        ArgumentNullException.ThrowIfNull(backend);
        return NativeMethods.IsAvailable && BackendNumber(backend) is int number && NativeMethods.rn_group_has(number) == 1;
    }

    /// <summary>Joins the group: returns when all ranks are there and connected.</summary>
    /// <param name="options">Who this is, and where the others are.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    /// <exception cref="NotSupportedException">The backend is not in this build; see <see cref="Has"/>.</exception>
    /// <exception cref="ProcessGroupException">The ranks did not come together within the timeout.</exception>
    public static ProcessGroup Join(ProcessGroupOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Check(options);
        RequireBackend(options.Backend);
        GroupHandle handle = NativeMethods.rn_group_join(BackendNumber(options.Backend)!.Value, options.Rank, options.WorldSize, options.MasterAddress,
            options.MasterPort, (options.HostsStore ?? options.Rank == 0) ? 1 : 0, options.LocalRank, options.Interface, options.StorePrefix,
            (long)options.Timeout.TotalMilliseconds, SharesMemory(options) ? 1 : 0);
        return handle.IsInvalid ? throw Error() : new ProcessGroup(handle, options);
    }

    /// <summary>Makes of a tensor on all ranks what the operation makes of them together, in place, and waits for it. Every rank gets the same bits.</summary>
    /// <param name="tensor">Of one shape and type on all ranks; contiguous or channels_last, alike on all.</param>
    /// <param name="operation">What is made.</param>
    /// <exception cref="ProcessGroupException">A rank was lost, or did not come within the timeout.</exception>
    public void AllReduce(torch.Tensor tensor, ReduceOperation operation = ReduceOperation.Sum)
    {
        using PendingWork work = AllReduceAsync(tensor, operation);
        work.Wait();
    }

    /// <summary>Begins <see cref="AllReduce"/>, and returns; the tensor holds the result after <see cref="PendingWork.Wait"/>.</summary>
    /// <param name="tensor">Of one shape and type on all ranks; contiguous or channels_last, alike on all.</param>
    /// <param name="operation">What is made.</param>
    /// <exception cref="ProcessGroupException">The group has failed before, or does not take the tensor.</exception>
    public PendingWork AllReduceAsync(torch.Tensor tensor, ReduceOperation operation = ReduceOperation.Sum)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (!Enum.IsDefined(operation)) throw new ArgumentOutOfRangeException(nameof(operation), operation, "Expected Sum, Average, Minimum or Maximum.");
        return Pending(NativeMethods.rn_group_all_reduce(Handle, tensor.Handle, (int)operation), tensor);
    }

    /// <summary>Gives one rank's tensor to all others, in place, and waits for it.</summary>
    /// <param name="tensor">Of one shape and type on all ranks; contiguous or channels_last, alike on all.</param>
    /// <param name="root">The rank whose values all get.</param>
    /// <exception cref="ProcessGroupException">A rank was lost, or did not come within the timeout.</exception>
    public void Broadcast(torch.Tensor tensor, int root = 0)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (root < 0 || root >= WorldSize) throw new ArgumentOutOfRangeException(nameof(root), root, $"Expected a rank of this group, 0 to {WorldSize - 1}.");
        using PendingWork work = Pending(NativeMethods.rn_group_broadcast(Handle, tensor.Handle, root), tensor);
        work.Wait();
    }

    /// <summary>Waits until all ranks have come here.</summary>
    /// <exception cref="ProcessGroupException">A rank was lost, or did not come within the timeout.</exception>
    public void Barrier()
    {
        if (NativeMethods.rn_group_barrier(Handle) != 0) throw Error();
    }

    /// <summary>All ranks' tensors, one after another.</summary>
    /// <param name="tensor">Of one shape and type on all ranks.</param>
    /// <returns>A new tensor [WorldSize, ...] of that shape; the caller's.</returns>
    /// <exception cref="ProcessGroupException">A rank was lost, or did not come within the timeout.</exception>
    public torch.Tensor AllGather(torch.Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        IntPtr handle = NativeMethods.rn_group_all_gather(Handle, tensor.Handle);
        GC.KeepAlive(tensor);
        return handle == IntPtr.Zero ? throw Error() : torch.Tensor.UnsafeCreateTensor(handle);
    }

    /// <summary>
    /// Throws where a rank is known to be lost: it gave up (the message has its reason), left the group, or gave no sign of life for ten
    /// seconds (for <see cref="Timeout"/>, where that is shorter); or where the store or the group itself is gone. For loops that wait for
    /// something in the store and ask this every half second or so.
    /// </summary>
    /// <remarks>
    /// Never waits for anybody: the first call only begins to look at the others, which goes on as long as somebody asks. Any thread. A rank may
    /// leave once it has left what is waited for: where <see cref="ProcessGroupException.LostRank"/> has only left the group, the group goes on
    /// for the store's sake, so look for it there once more. In all other cases the group has ended.
    /// </remarks>
    /// <exception cref="ProcessGroupException">A rank is lost, or the group has ended before.</exception>
    public void ThrowIfLost()
    {
        if (NativeMethods.rn_group_check_all(Handle) != 0) throw Error();
    }

    /// <summary>
    /// Closes the connections, so that the other ranks' operations fail at once instead of after their timeout, and tells them why.
    /// For a rank that goes down with an error of its own; afterwards the group can only be disposed.
    /// </summary>
    /// <param name="reason">What the others are told: one line, such as the message of the exception.</param>
    public void Abort(string reason = "it gave up")
    {
        ArgumentNullException.ThrowIfNull(reason);
        if (Handle.IsClosed) return;
        if (NativeMethods.rn_group_abort(Handle, reason) != 0) throw Error();
    }

    /// <summary>Leaves the group; returns within three seconds even where an operation is under way, and at once where all is well.</summary>
    public void Dispose()
    {
        if (Handle.IsClosed) return;
        _ = NativeMethods.rn_group_leave(Handle);
        Handle.Dispose();
    }

    /// <summary>What the last failed call on this thread left, as the call of a group.</summary>
    internal static ProcessGroupException Error()
    {
        int failure = NativeMethods.rn_group_failure(out int rank);
        return new ProcessGroupException(NativeMethods.Error().Message, (ProcessGroupFailure)Math.Max(0, failure), rank < 0 ? null : rank);
    }

    /// <summary>The same for a call that uses a group only at times.</summary>
    internal static Exception ErrorOfAnyKind() => NativeMethods.rn_group_failure(out _) < 0 ? NativeMethods.Error() : Error();

    /// <summary>A number for each set of gradient buckets, counted alike on all ranks.</summary>
    internal int NextBuckets() => Interlocked.Increment(ref _buckets);

    /// <summary>A comparison with Gloo takes one variable, and no change to a program.</summary>
    private static bool SharesMemory(ProcessGroupOptions options)
    {
        const string variable = "RESNETGEN_SHARED_MEMORY";
        return options.SharedMemory ?? Environment.GetEnvironmentVariable(variable)?.Trim() switch
        {
            null or "" or "1" => true,
            "0" => false,
            string other => throw new ArgumentException($"The environment variable {variable} is \"{other}\": expected 0, so that ranks of one machine exchange gradients through Gloo, or 1, so that they do through shared memory."),
        };
    }

    private static PendingWork Pending(WorkHandle handle, torch.Tensor tensor) => handle.IsInvalid ? throw Error() : new PendingWork(handle, tensor);

    private static int? BackendNumber(string backend) => backend switch { "gloo" => 0, "nccl" => 1, _ => null };

    private static void RequireBackend(string backend)
    {
        if (BackendNumber(backend) is null) throw new ArgumentException($"There is no backend \"{backend}\": expected \"gloo\" or \"nccl\".");
        if (!NativeMethods.IsAvailable)
            throw new NotSupportedException("Process groups need ResNetGen's native library, which was not found; build with a libtorch (TorchProvider=LibTorch).");
        if (Has(backend)) return;
        throw new NotSupportedException(backend == "gloo"
            ? "This build has no Gloo: its headers were not found when ResNetGen's native library was made. Install them (Debian and Ubuntu: apt-get install libgloo-dev) and build again."
            : "This build has no NCCL: it needs a libtorch with CUDA, and nccl.h and CUDA's headers when ResNetGen's native library is made. Use the backend \"gloo\", or install them (Debian and Ubuntu: libnccl-dev) and build again.");
    }

    private static void Check(ProcessGroupOptions options)
    {
        if (options.WorldSize < 1) throw new ArgumentException($"WorldSize (WORLD_SIZE) is {options.WorldSize}: expected the number of processes, at least 1.");
        if (options.Rank < 0 || options.Rank >= options.WorldSize)
            throw new ArgumentException($"Rank (RANK) is {options.Rank}: expected 0 to {options.WorldSize - 1}, since WorldSize (WORLD_SIZE) is {options.WorldSize}.");
        if (string.IsNullOrWhiteSpace(options.MasterAddress)) throw new ArgumentException("MasterAddress (MASTER_ADDR) is empty: expected the name or address of rank 0's machine.");
        if (options.MasterPort is < 1 or > 65535) throw new ArgumentException($"MasterPort (MASTER_PORT) is {options.MasterPort}: expected 1 to 65535.");
        if (options.LocalRank < 0) throw new ArgumentException($"LocalRank (LOCAL_RANK) is {options.LocalRank}: expected the number of a GPU, 0 or more.");
        if (options.Timeout < TimeSpan.FromSeconds(1) || options.Timeout > TimeSpan.FromDays(1))
            throw new ArgumentException($"Timeout is {options.Timeout}: expected one second to one day.");
    }
}
