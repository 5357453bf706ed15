using ResNetGen.Native;
using static TorchSharp.torch;

namespace ResNetGen.RandomNetworks.Tests.Checks;

/// <summary>What the libtorch that is here keeps for a mean over all pixels: the map (1.13) or only its size (2.x).</summary>
internal static class Means
{
    public static bool KeepMaps { get; } = Probe();

    private static bool Probe()
    {
        using Tensor source = rand([1, 1, 64, 64], requires_grad: true);
        using MemoryMeter meter = MemoryMeter.Start();
        Tensor map = source.add(1);
        using Tensor mean = map.mean([2, 3], keepdim: true);
        map.Dispose();
        return meter.HeldBytes > 64 * 64;
    }
}
