namespace ResNetGen.Native;

/// <summary>
/// Batch normalisation over the pictures of all ranks together, as torch's <c>SyncBatchNorm</c> computes it: mean and variance of the
/// joint batch, forward and backward, weighted by each rank's number of pictures; running statistics with the joint batch's unbiased
/// variance, alike on all ranks.
/// </summary>
/// <remarks>It costs a small exchange a norm in each direction. In evaluation mode nothing is exchanged.</remarks>
public static class SynchronizedBatchNorm
{
    /// <summary>
    /// Until what is returned is disposed, on the same thread, norms in training mode that go through <see cref="FusedBatchNorm"/> on
    /// this thread take their statistics over all ranks of the group. Backward passes of what ran in the scope do so wherever they run.
    /// </summary>
    /// <param name="group">The ranks; all run the same norms in the same order.</param>
    /// <exception cref="ProcessGroupException">The group was disposed.</exception>
    public static IDisposable Use(ProcessGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return NativeMethods.rn_synchronize_enter(group.Handle, out IntPtr before) == 0 ? new Region(before) : throw ProcessGroup.Error();
    }

    /// <summary>Whether this thread is in such a scope.</summary>
    public static bool IsOn => s_open > 0;

    [ThreadStatic] private static int s_open;

    private sealed class Region : IDisposable
    {
        private readonly IntPtr before;
        private bool _closed;

        internal Region(IntPtr before)
        {
            this.before = before;
            s_open++;
        }

        public void Dispose()
        {
            if (_closed) return;
            _closed = true;
            s_open--;
            NativeMethods.rn_synchronize_leave(before);
        }
    }
}
