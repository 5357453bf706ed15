using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Native;

/// <summary>
/// Runs a block of a network in training without keeping anything for its backward pass but its input: there the block runs a second
/// time. Memory for about a third more work; gradients are the same to the bit.
/// </summary>
public static unsafe class BlockRecomputation
{
    [ThreadStatic] private static int s_runningAgain;

    /// <summary>Whether it is possible here; false with the official TorchSharp packages.</summary>
    public static bool IsAvailable => NativeMethods.IsAvailable;

    /// <summary>The block's output, with the block's backward pass behind it.</summary>
    /// <remarks>
    /// The second run finds what the first one found: the state of torch's generators, which stand afterwards where they stood before,
    /// autocast, and running statistics, which it does not move. It calls the block's hooks again. Parameters and the input
    /// must not change between the two; torch says so where they do. There are no second derivatives. A block inside another one runs
    /// as often as that: twice.
    /// </remarks>
    /// <param name="block">The block; its <c>forward</c> must depend on nothing but its input, its weights and torch's generators.</param>
    /// <param name="input">What the block takes; it stays the caller's.</param>
    /// <returns>A new tensor, owned by the caller.</returns>
    /// <exception cref="NotSupportedException">ResNetGen's native library is not here; see <see cref="IsAvailable"/>.</exception>
    public static Tensor Call(nn.Module<Tensor, Tensor> block, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(block);
        ArgumentNullException.ThrowIfNull(input);
        if (!IsAvailable)
            throw new NotSupportedException("Recomputing a block needs ResNetGen's native library, which was not found; call the block itself, or build with a libtorch (TorchProvider=LibTorch).");

        // A block inside one that runs again would run a third time.
        if (s_runningAgain > 0)
            return block.call(input);

        Parameter[] parameters = [.. block.parameters()];
        Tensor[] statistics = [.. Statistics(block)];
        var call = new BlockCall(block);
        // The native side owns it from here on, whatever happens.
        IntPtr handle = GCHandle.ToIntPtr(GCHandle.Alloc(call));
        IntPtr output = NativeMethods.rn_checkpoint(
            input.Handle, Handles(parameters), parameters.Length, Handles(statistics), statistics.Length, handle, &Run, &Release, Draws(block) ? 1 : 0);
        GC.KeepAlive(input);
        GC.KeepAlive(parameters);
        GC.KeepAlive(statistics);
        if (output != IntPtr.Zero)
            return Tensor.UnsafeCreateTensor(output);

        call.Failure?.Throw();
        throw NativeMethods.Error();
    }

    // Those that a run in training would move.
    private static IEnumerable<Tensor> Statistics(nn.Module block) =>
        from norm in block.modules().OfType<NormBase>()
        where norm.training && norm.track_running_stats
        from buffer in new[] { norm.running_mean, norm.running_var, norm.num_batches_tracked }
        where buffer is not null
        select buffer;

    // What our own blocks draw with in training.
    private static bool Draws(nn.Module block) => block.modules().Any(static module => module.training && module.GetName() is "Dropout" or "DropPath");

    private static IntPtr[] Handles(Tensor[] tensors) => Array.ConvertAll(tensors, static tensor => tensor.Handle);

    // Called by torch: in the forward pass on the caller's thread, in the backward pass on autograd's. No exception may leave it.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Run(IntPtr block, IntPtr input, IntPtr answer, int again)
    {
        var call = (BlockCall)GCHandle.FromIntPtr(block).Target!;
        s_runningAgain += again;
        try
        {
            using DisposeScope scope = NewDisposeScope();
            using Tensor x = Tensor.UnsafeCreateTensor(input);
            using IDisposable? statistics = again != 0 ? FusedBatchNorm.KeepStatistics() : null;
            using Tensor output = call.Block.call(x);
            return NativeMethods.rn_checkpoint_give(answer, output.Handle);
        }
        catch (Exception exception)
        {
            call.Failure = ExceptionDispatchInfo.Capture(exception);
            NativeMethods.rn_checkpoint_refuse(answer, exception.Message);
            return 1;
        }
        finally
        {
            s_runningAgain -= again;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Release(IntPtr block) => GCHandle.FromIntPtr(block).Free();

    /// <summary>One call of a block, as autograd's graph holds it.</summary>
    private sealed class BlockCall(nn.Module<Tensor, Tensor> block)
    {
        public nn.Module<Tensor, Tensor> Block => block;

        /// <summary>What the block threw, for the caller of the forward pass; the backward pass carries its message alone.</summary>
        public ExceptionDispatchInfo? Failure { get; set; }
    }
}
