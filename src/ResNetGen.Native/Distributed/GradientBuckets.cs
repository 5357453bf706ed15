using System.Text;
using TorchSharp.Modules;

namespace ResNetGen.Native;

/// <summary>
/// Averages the gradients of a network over the ranks of a group while the backward pass goes on: gradients lie one after another in
/// a few flat buffers, in the reverse order of the parameters, and a buffer travels as soon as its last gradient is there.
/// </summary>
/// <remarks>
/// <para>The first buffer is small (1 MB), so that the exchange begins early; the order of the exchanges is the same on all ranks, in
/// whatever order gradients become ready. A parameter's <c>grad</c> is a piece of its buffer with the parameter's strides; no copy is made
/// where the backward pass can write into it.</para>
/// <para>Afterwards all ranks have the same bits. The mean is the sum divided by the world size.</para>
/// <para>Where all ranks are on one machine the buffers lie in memory that they share, and each adds up its part of all of them in the order
/// of the ranks; two ranks get the same bits as with Gloo. The memory is in no folder, and goes with the last process that holds it. Tools count the pages that
/// a process touches as its own resident memory, those of the others' buffers too: up to once the gradients' size more than the machine has lost.</para>
/// </remarks>
public sealed class GradientBuckets : IDisposable
{
    /// <summary>The usual size of a bucket: 25 MB, as PyTorch's DistributedDataParallel has it.</summary>
    public const long DefaultBucketBytes = 25 * 1024 * 1024;

    private readonly ParameterHandles _parameters;
    private readonly BucketsHandle _handle;

    /// <summary>Puts hooks on the parameters; those that need no gradient are left out.</summary>
    /// <param name="group">The ranks; not its own.</param>
    /// <param name="parameters">The parameters with their names, in the same order on all ranks, on one device, of floating types.</param>
    /// <param name="bucketBytes">How much travels at once: a bucket is closed when it has reached this.</param>
    /// <exception cref="ProcessGroupException">The ranks' parameters differ; the message names the first that does.</exception>
    public GradientBuckets(ProcessGroup group, IReadOnlyList<(string Name, Parameter Parameter)> parameters, long bucketBytes = DefaultBucketBytes)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfLessThan(bucketBytes, 1);
        _parameters = new ParameterHandles(parameters);
        Compare(group, parameters);
        _handle = NativeMethods.rn_buckets_new(group.Handle, _parameters.Get(), _parameters.Count, bucketBytes);
        if (_handle.IsInvalid) throw ProcessGroup.Error();
        long[] bytes = new long[NativeMethods.rn_buckets_sizes(_handle, null, 0)];
        _ = NativeMethods.rn_buckets_sizes(_handle, bytes, bytes.Length);
        BucketBytes = bytes;
        (NotShared, LacksMemory) = Reason();
    }

    /// <summary>The sizes of the buckets in bytes, in the order in which they travel.</summary>
    public IReadOnlyList<long> BucketBytes { get; }

    /// <summary>
    /// Why no buffer goes through memory that the ranks share, such as "rank 1 of 2 is on another machine, or in another container, than
    /// rank 0"; null where they do. The same on all ranks.
    /// </summary>
    public string? NotShared { get; }

    /// <summary>
    /// Whether <see cref="NotShared"/> is that the machine has not the memory, or does not let the ranks share it, though all are there and would:
    /// something to tell the user, who loses time by it.
    /// </summary>
    public bool LacksMemory { get; }

    /// <summary>
    /// Announces that the gradients of the next backward pass, and what they are added to, are to be averaged. Not called for the
    /// earlier parts of a gradient accumulation: nothing is sent then.
    /// </summary>
    /// <exception cref="ProcessGroupException">The group has failed before, or the last pass was not finished.</exception>
    /// <exception cref="InvalidOperationException">A parameter was disposed since.</exception>
    public void Expect()
    {
        ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
        _ = _parameters.Get();
        if (NativeMethods.rn_buckets_expect(_handle) != 0) throw ProcessGroup.Error();
    }

    /// <summary>
    /// Ends the pass that <see cref="Expect"/> announced: waits until every gradient is the mean over the ranks. A parameter without a
    /// gradient on a rank counts as zeros there; where it has none on any rank it stays without.
    /// </summary>
    /// <exception cref="ProcessGroupException">A rank was lost, or did not come within the group's timeout; or no pass was announced.</exception>
    public void Finish()
    {
        ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
        if (NativeMethods.rn_buckets_finish(_handle) != 0) throw ProcessGroup.Error();
        GC.KeepAlive(_parameters);
    }

    /// <summary>Takes the hooks off; gradients stay where they are. An exchange that is under way ends with an error, on the other ranks too: call it after <see cref="Finish"/>.</summary>
    public void Dispose() => _handle.Dispose();

    private (string? Reason, bool Lacks) Reason()
    {
        long length = NativeMethods.rn_buckets_not_shared(_handle, null, 0, out int lacks);
        if (length == 0) return (null, false);
        byte[] text = new byte[length];
        _ = NativeMethods.rn_buckets_not_shared(_handle, text, length, out lacks);
        return (Encoding.UTF8.GetString(text), lacks != 0);
    }

    /// <summary>Rank 0 says what it has; who has something else says so, and ends the group: buckets of different sizes must not meet.</summary>
    private static void Compare(ProcessGroup group, IReadOnlyList<(string Name, Parameter Parameter)> parameters)
    {
        if (group.WorldSize == 1) return;
        string[] own = [.. parameters.Select(static p => $"\"{p.Name}\" [{string.Join(", ", p.Parameter.shape)}] {p.Parameter.dtype}{(p.Parameter.requires_grad ? "" : " without gradient")}")];
        string key = "buckets/" + group.NextBuckets();
        if (group.Rank == 0)
        {
            group.Set(key, string.Join('\n', own));
            return;
        }
        string[] first = group.Get(key) is { Length: > 0 } text ? text.Split('\n') : [];
        int at = 0;
        while (at < own.Length && at < first.Length && own[at] == first[at]) at++;
        if (at == own.Length && at == first.Length) return;
        static string Of(string[] list, int at) => at < list.Length ? list[at] : "none";
        string message = $"the networks of the ranks differ: parameter {at} is {Of(first, at)} on rank 0 and {Of(own, at)} on rank {group.Rank}. All ranks must train the same network.";
        group.Abort(message);
        throw new ProcessGroupException($"rank {group.Rank} of {group.WorldSize}: {message}", ProcessGroupFailure.Call);
    }
}
