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

    /// <summary>
    /// scale · branch + alpha · other in a new tensor, and then disposes <paramref name="branch"/>. For a branch whose last layer keeps
    /// its output for the backward pass, so that nothing may be written over it.
    /// </summary>
    /// <param name="branch">The tensor that nobody needs after this call.</param>
    /// <param name="other">What is added; it stays the caller's.</param>
    /// <param name="alpha">What it is multiplied by.</param>
    /// <param name="scale">What the branch is multiplied by.</param>
    /// <returns>The sum, owned by the caller.</returns>
    public static torch.Tensor Plus(this torch.Tensor branch, torch.Tensor other, double alpha = 1, double scale = 1)
    {
        ArgumentNullException.ThrowIfNull(branch);
        ArgumentNullException.ThrowIfNull(other);
        using (branch)
        {
            return scale == 1 ? branch.add(other, alpha) : branch.mul(scale).add_(other, alpha);
        }
    }
}
