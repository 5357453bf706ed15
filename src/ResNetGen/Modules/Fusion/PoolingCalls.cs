using ResNetGen.Modules;
using ResNetGen.Native;
using TorchSharp;
using TorchSharp.Modules;

namespace ResNetGen;

/// <summary>How generated code calls a max pooling: by the operation for training that keeps a byte for each output where that takes the input, else as a module.</summary>
/// <remarks>Where somebody listens to the module it is called, so that its hooks run; what is computed is the same.</remarks>
public static class PoolingCalls
{
    /// <summary>pool(input).</summary>
    /// <param name="pool">The max pooling.</param>
    /// <param name="input">Feature maps [N, C, H, W]; they stay the caller's.</param>
    /// <returns>A new tensor, owned by the caller.</returns>
    public static torch.Tensor Call(this MaxPool2d pool, torch.Tensor input)
    {
        ArgumentNullException.ThrowIfNull(pool);
        return TrainingMaxPool.IsAvailable && !ModuleHooks.Any(pool) && TrainingMaxPool.Takes(pool, input)
            ? TrainingMaxPool.Forward(pool, input)
            : pool.call(input);
    }

    /// <summary>pool(x); disposes x, also when the call throws.</summary>
    /// <param name="pool">The max pooling.</param>
    /// <param name="x">Feature maps [N, C, H, W] that nobody needs after this call.</param>
    /// <returns>A new tensor, owned by the caller.</returns>
    public static torch.Tensor Consume(this MaxPool2d pool, torch.Tensor x)
    {
        using (x)
        {
            return pool.Call(x);
        }
    }
}
