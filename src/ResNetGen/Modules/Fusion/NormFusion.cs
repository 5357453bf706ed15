using ResNetGen.Modules;
using ResNetGen.Native;
using TorchSharp;
using TorchSharp.Modules;

namespace ResNetGen;

/// <summary>
/// Batch normalisation together with what follows it, an addition, ReLU or both, as generated code calls it: one operation that
/// passes over the maps once and keeps no more than its backward pass needs (<see cref="FusedBatchNorm"/>).
/// </summary>
/// <remarks>
/// Where that operation is not there, does not take the input, or somebody listens to a module whose work it would do, the same
/// is computed by the modules one after the other, so that their hooks run.
/// </remarks>
public static class NormFusion
{
    /// <summary>ReLU(norm(input)).</summary>
    /// <param name="norm">The normalisation.</param>
    /// <param name="input">Feature maps [N, C, H, W]; they stay the caller's.</param>
    /// <returns>A new tensor, owned by the caller.</returns>
    public static torch.Tensor CallReLU(this BatchNorm2d norm, torch.Tensor input) =>
        IsOneOperation(norm, input) ? FusedBatchNorm.Forward(norm, input, relu: true) : norm.call(input).relu_();

    /// <summary>ReLU(norm(x)); disposes x, also when the call throws.</summary>
    /// <param name="norm">The normalisation.</param>
    /// <param name="x">Feature maps [N, C, H, W] that nobody needs after this call.</param>
    /// <returns>A new tensor, owned by the caller.</returns>
    public static torch.Tensor ConsumeReLU(this BatchNorm2d norm, torch.Tensor x)
    {
        using (x)
        {
            return norm.CallReLU(x);
        }
    }

    /// <summary>
    /// convolution(ReLU(norm(input))). Of what lies between only the input is kept: the backward pass rectifies it again
    /// (<see cref="Recompute.Normalisation"/>).
    /// </summary>
    /// <param name="norm">The normalisation.</param>
    /// <param name="input">Feature maps [N, C, H, W]; they stay the caller's.</param>
    /// <param name="convolution">The convolution.</param>
    /// <returns>A new tensor, owned by the caller.</returns>
    public static torch.Tensor CallReLUConv(this BatchNorm2d norm, torch.Tensor input, Conv2d convolution)
    {
        ArgumentNullException.ThrowIfNull(convolution);
        return torch.is_grad_enabled() && IsOneOperation(norm, input) && !ModuleHooks.Any(convolution)
            ? FusedBatchNorm.ForwardConvolution(norm, input, convolution)
            : convolution.Consume(norm.CallReLU(input));
    }

    /// <summary>The same; disposes x, also when the call throws.</summary>
    /// <param name="norm">The normalisation.</param>
    /// <param name="x">Feature maps [N, C, H, W] that nobody needs after this call; autograd keeps them.</param>
    /// <param name="convolution">The convolution.</param>
    /// <returns>A new tensor, owned by the caller.</returns>
    public static torch.Tensor ConsumeReLUConv(this BatchNorm2d norm, torch.Tensor x, Conv2d convolution)
    {
        using (x)
        {
            return norm.CallReLUConv(x, convolution);
        }
    }

    /// <summary>norm(x) + other; disposes x, also when the call throws.</summary>
    /// <param name="norm">The normalisation.</param>
    /// <param name="x">Feature maps [N, C, H, W] that nobody needs after this call.</param>
    /// <param name="other">What is added, of the same shape; it stays the caller's.</param>
    /// <returns>A new tensor, owned by the caller.</returns>
    public static torch.Tensor ConsumeAdd(this BatchNorm2d norm, torch.Tensor x, torch.Tensor other)
    {
        using (x)
        {
            return Sum(norm, x, other, relu: false);
        }
    }

    /// <summary>ReLU(norm(x) + other); disposes x, also when the call throws.</summary>
    /// <inheritdoc cref="ConsumeAdd(BatchNorm2d, torch.Tensor, torch.Tensor)" path="/param"/>
    /// <returns>A new tensor, owned by the caller.</returns>
    public static torch.Tensor ConsumeAddReLU(this BatchNorm2d norm, torch.Tensor x, torch.Tensor other)
    {
        using (x)
        {
            return Sum(norm, x, other, relu: true);
        }
    }

    /// <summary>norm(x) + shortcut(input), with option A's subsampling and zero channels; disposes x, also when the call throws.</summary>
    /// <param name="norm">The normalisation.</param>
    /// <param name="x">Feature maps [N, C, H, W] that nobody needs after this call.</param>
    /// <param name="input">What the shortcut takes; it stays the caller's.</param>
    /// <param name="shortcut">Brings the input to the shape of x; null where it has that shape.</param>
    /// <returns>A new tensor, owned by the caller.</returns>
    public static torch.Tensor ConsumeAdd(this BatchNorm2d norm, torch.Tensor x, torch.Tensor input, ZeroPadShortcut? shortcut)
    {
        using (x)
        {
            return Sum(norm, x, input, shortcut, relu: false);
        }
    }

    /// <summary>ReLU(norm(x) + shortcut(input)), with option A's subsampling and zero channels; disposes x, also when the call throws.</summary>
    /// <inheritdoc cref="ConsumeAdd(BatchNorm2d, torch.Tensor, torch.Tensor, ZeroPadShortcut?)" path="/param"/>
    /// <returns>A new tensor, owned by the caller.</returns>
    public static torch.Tensor ConsumeAddReLU(this BatchNorm2d norm, torch.Tensor x, torch.Tensor input, ZeroPadShortcut? shortcut)
    {
        using (x)
        {
            return Sum(norm, x, input, shortcut, relu: true);
        }
    }

    /// <summary>norm(input) alone, by the operation where it can.</summary>
    internal static torch.Tensor Call(BatchNorm2d norm, torch.Tensor input) =>
        IsOneOperation(norm, input) ? FusedBatchNorm.Forward(norm, input, relu: false) : norm.call(input);

    /// <summary>Whether the operation is there, takes the input, and does the work of no module that somebody listens to.</summary>
    internal static bool IsOneOperation(BatchNorm2d norm, torch.Tensor input)
    {
        ArgumentNullException.ThrowIfNull(norm);
        ArgumentNullException.ThrowIfNull(input);
        bool isOne = FusedBatchNorm.IsAvailable && FusedBatchNorm.Takes(input) && !ModuleHooks.Any(norm);
        if (!isOne && norm.training && SynchronizedBatchNorm.IsOn)
        {
            throw new NotSupportedException(
                $"Synchronised batch normalisation takes feature maps [N, C, H, W] of float32 or bfloat16 (on the CPU float64, on CUDA float16, too), and norms without hooks; got [{string.Join(", ", input.shape)}] of {input.dtype} on {input.device}. Train this network without it.");
        }

        return isOne;
    }

    private static torch.Tensor Sum(BatchNorm2d norm, torch.Tensor x, torch.Tensor other, bool relu)
    {
        ArgumentNullException.ThrowIfNull(other);
        // Under autocast an image in 32 bits may meet a branch in 16: the sum then has the branch's type.
        if (IsOneOperation(norm, x) && other.dtype == x.dtype)
        {
            return FusedBatchNorm.Forward(norm, x, other, relu);
        }

        torch.Tensor sum = Call(norm, x).add_(other);
        return relu ? sum.relu_() : sum;
    }

    private static torch.Tensor Sum(BatchNorm2d norm, torch.Tensor x, torch.Tensor input, ZeroPadShortcut? shortcut, bool relu)
    {
        if (shortcut is null)
        {
            return Sum(norm, x, input, relu);
        }

        ArgumentNullException.ThrowIfNull(input);
        if (IsOneOperation(norm, x) && input.dtype == x.dtype && !ModuleHooks.Any(shortcut))
        {
            return FusedBatchNorm.Forward(norm, x, input, shortcut.PaddingFor(input), relu);
        }

        using torch.Tensor padded = shortcut.call(input);
        return Sum(norm, x, padded, relu);
    }
}
