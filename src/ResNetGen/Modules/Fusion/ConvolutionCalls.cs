using ResNetGen.Modules;
using ResNetGen.Native;
using TorchSharp;
using TorchSharp.Modules;

namespace ResNetGen;

/// <summary>How generated code calls a convolution: by the operation for training in mixed precision where that takes the input, else as a module.</summary>
/// <remarks>Where somebody listens to the module it is called, so that its hooks run; what is computed is the same.</remarks>
public static class ConvolutionCalls
{
    /// <summary>convolution(input).</summary>
    /// <param name="convolution">The convolution.</param>
    /// <param name="input">Feature maps [N, C, H, W]; they stay the caller's.</param>
    /// <returns>A new tensor, owned by the caller.</returns>
    public static torch.Tensor Call(this Conv2d convolution, torch.Tensor input)
    {
        ArgumentNullException.ThrowIfNull(convolution);
        return TrainingConvolution.IsAvailable && !ModuleHooks.Any(convolution) && TrainingConvolution.Takes(convolution, input)
            ? TrainingConvolution.Forward(convolution, input)
            : convolution.call(input);
    }

    /// <summary>convolution(x); disposes x, also when the call throws. What autograd has saved for the backward pass stays alive.</summary>
    /// <param name="convolution">The convolution.</param>
    /// <param name="x">Feature maps [N, C, H, W] that nobody needs after this call.</param>
    /// <returns>A new tensor, owned by the caller.</returns>
    public static torch.Tensor Consume(this Conv2d convolution, torch.Tensor x)
    {
        using (x)
        {
            return convolution.Call(x);
        }
    }
}
