using TorchSharp;

namespace ResNetGen;

/// <summary>
/// Tensors die at their last use: generated <c>forward</c> methods say so, instead of leaving every intermediate to
/// the end of a dispose scope or to the collector.
/// </summary>
public static class Lifetimes
{
    /// <summary>
    /// Calls <paramref name="module"/> and then disposes <paramref name="input"/>, also when the call throws. What
    /// autograd has saved for the backward pass stays alive; only this handle goes.
    /// </summary>
    /// <param name="module">The module to call; its hooks run.</param>
    /// <param name="input">The tensor that nobody needs after this call.</param>
    /// <returns>The module's output, owned by the caller.</returns>
    /// <remarks>A module that hands back its very input object keeps it: that output is not disposed.</remarks>
    public static torch.Tensor Consume(this torch.nn.Module<torch.Tensor, torch.Tensor> module, torch.Tensor input)
    {
        ArgumentNullException.ThrowIfNull(module);
        torch.Tensor? output = null;
        try
        {
            output = module.call(input);
            return output;
        }
        finally
        {
            if (!ReferenceEquals(output, input))
            {
                input?.Dispose();
            }
        }
    }
}
