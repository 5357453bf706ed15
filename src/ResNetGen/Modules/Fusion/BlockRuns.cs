using ResNetGen.Native;
using TorchSharp;

namespace ResNetGen;

/// <summary>How generated code runs the blocks of a network that has asked for <see cref="Recompute.Block"/>.</summary>
public static class BlockRuns
{
    /// <summary>
    /// The block's output, of which only the input is kept: in the backward pass the block runs again
    /// (<see cref="BlockRecomputation"/>). Disposes x, also when the call throws. Where no gradients are asked for, or where
    /// there is no native library, the block simply runs.
    /// </summary>
    /// <param name="block">The block.</param>
    /// <param name="x">What the block takes, which nobody needs after this call; autograd keeps it.</param>
    /// <returns>A new tensor, owned by the caller.</returns>
    public static torch.Tensor Recomputed(this torch.nn.Module<torch.Tensor, torch.Tensor> block, torch.Tensor x)
    {
        if (!BlockRecomputation.IsAvailable || !torch.is_grad_enabled())
        {
            return block.Consume(x);
        }

        using (x)
        {
            return BlockRecomputation.Call(block, x);
        }
    }
}
