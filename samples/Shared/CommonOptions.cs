using System.CommandLine;

namespace ResNetGen.Samples;

/// <summary>Options that several programs have.</summary>
internal static class CommonOptions
{
    /// <summary>The arithmetic.</summary>
    public static Option<Precision> ForPrecision() => Options.Choice("--precision", Precision.Auto,
        "The arithmetic; auto takes bf16 where the hardware is fast in it",
        [("auto", Precision.Auto), ("fp32", Precision.Fp32), ("bf16", Precision.BFloat16)]);

    /// <summary>The device.</summary>
    public static Option<ComputeDevice> ForDevice() => Options.Choice("--device", ComputeDevice.Auto,
        "Where to train; auto takes a CUDA GPU where there is one",
        [("auto", ComputeDevice.Auto), ("cpu", ComputeDevice.Cpu), ("cuda", ComputeDevice.Cuda)]);

    /// <summary>The seed.</summary>
    public static Option<int?> ForSeed() => Options.Number("--seed", 0, int.MaxValue,
        "Seed of weights, order and augmentation (0); the same seed gives the same numbers");

    /// <summary>Where CIFAR-10 lies.</summary>
    public static Option<string?> ForCifar10() => new("--data")
    {
        Description = "Folder that holds cifar-10-batches-bin. Left out: RESNETGEN_DATA, then the cache, then a download, "
            + "and without a network a procedural picture set",
        HelpName = "DIR",
    };
}
