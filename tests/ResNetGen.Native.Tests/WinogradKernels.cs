using System.Runtime.InteropServices;

namespace ResNetGen.Native.Tests;

/// <summary>Whether this processor has the kernels of native/winograd*.cpp: AVX-512 BF16, and no AMX, with which oneDNN is ahead.</summary>
internal static class WinogradKernels
{
    public static bool AreHere { get; } = Autocast.HasFastBFloat16 && RuntimeInformation.ProcessArchitecture == Architecture.X64 && !HasAmx();

    private static bool HasAmx() => OperatingSystem.IsLinux() && File.ReadAllText("/proc/cpuinfo").Contains("amx_bf16", StringComparison.Ordinal);
}
