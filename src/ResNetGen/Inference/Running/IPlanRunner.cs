using static TorchSharp.torch;

namespace ResNetGen.Planning;

/// <summary>Runs the operations of a plan.</summary>
internal interface IPlanRunner : IDisposable
{
    /// <summary>Whether they run as fused kernels over planned memory.</summary>
    bool IsFused { get; }

    /// <summary>How they run, for people.</summary>
    string Description { get; }

    /// <summary>What the network gives for a batch of images.</summary>
    /// <param name="images">[n, C, H, W], checked.</param>
    /// <returns>[n, …] in float32 on the images' device, the caller's own.</returns>
    Tensor Run(Tensor images);
}
