using System.Runtime.Intrinsics.X86;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Native;

/// <summary>Mixed precision: within a region, convolutions and matrix products run in a shorter type; weights stay as they are.</summary>
public static class Autocast
{
    /// <summary>Whether regions can be opened for tensors on <paramref name="device"/>.</summary>
    public static bool IsAvailable(DeviceType device) =>
        NativeMethods.IsAvailable && device is DeviceType.CPU or DeviceType.CUDA;

    /// <summary>
    /// Whether this processor multiplies bfloat16 natively (AVX-512 BF16, or AMX). Without it bfloat16 is emulated and slower
    /// than float32.
    /// </summary>
    public static bool HasFastBFloat16 { get; } = DetectBFloat16();

    /// <summary>
    /// Opens a region on this thread, closed by disposing what is returned, which must happen on the same thread. The
    /// backward pass belongs outside of it: its operations run in the types that the forward pass chose.
    /// </summary>
    /// <param name="device">Where the tensors are.</param>
    /// <param name="type">The short type: BFloat16, or Float16 on CUDA.</param>
    /// <exception cref="NotSupportedException">There is no autocast for this device here.</exception>
    public static IDisposable Enable(DeviceType device, ScalarType type)
    {
        if (!IsAvailable(device))
            throw new NotSupportedException($"Autocast on {device} needs ResNetGen's native library, which was not found; use Precision.Fp32, or build with a libtorch (TorchProvider=LibTorch).");
        return new Region(device, type);
    }

    /// <summary>
    /// Lets the regions that are opened on this thread until what is returned is disposed, on the same thread, share the weights that
    /// they cast: several forward passes then cast each weight once. Weights must not change in between, or the old ones are used.
    /// </summary>
    /// <exception cref="NotSupportedException">There is no autocast here.</exception>
    public static IDisposable KeepCasts()
    {
        if (!NativeMethods.IsAvailable)
            throw new NotSupportedException("Keeping cast weights needs ResNetGen's native library, which was not found; build with a libtorch (TorchProvider=LibTorch).");
        return new Keeping();
    }

    private static bool DetectBFloat16()
    {
        // CPUID leaf 7, subleaf 1, EAX bit 5: AVX512_BF16. Leaf 7, subleaf 0, EDX bit 22: AMX-BF16.
        if (!X86Base.IsSupported || X86Base.CpuId(0, 0).Eax < 7) return false;
        if (!Avx512F.IsSupported) return false;
        return (X86Base.CpuId(7, 1).Eax & (1 << 5)) != 0 || (X86Base.CpuId(7, 0).Edx & (1 << 22)) != 0;
    }

    private sealed class Keeping : IDisposable
    {
        private bool closed;

        internal Keeping()
        {
            if (NativeMethods.rn_autocast_keep() != 0) throw NativeMethods.Error();
        }

        public void Dispose()
        {
            if (closed) return;
            closed = true;
            if (NativeMethods.rn_autocast_forget() != 0) throw NativeMethods.Error();
        }
    }

    private sealed class Region : IDisposable
    {
        private readonly int device;
        private readonly int enabledBefore;
        private readonly int typeBefore;
        private bool closed;

        internal Region(DeviceType device, ScalarType type)
        {
            this.device = (int)device;
            if (NativeMethods.rn_autocast_enter(this.device, (int)type, out enabledBefore, out typeBefore) != 0)
                throw NativeMethods.Error();
        }

        public void Dispose()
        {
            if (closed) return;
            closed = true;
            if (NativeMethods.rn_autocast_leave(device, enabledBefore, typeBefore) != 0) throw NativeMethods.Error();
        }
    }
}
