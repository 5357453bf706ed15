using TorchSharp;

namespace ResNetGen.Modules;

/// <summary>
/// The gated shortcuts of He et al. 2016, section 3.1: g is the sigmoid of a convolution of the block's input. Generated
/// blocks call it with the convolution's output, which still lacks the sigmoid.
/// </summary>
public static class Gating
{
    /// <summary>g · branch + (1 − g) · shortcut: the exclusive gate (figure 2c).</summary>
    /// <param name="branch">What the branch gives; released.</param>
    /// <param name="shortcut">What the shortcut gives, of the same shape; it stays the caller's.</param>
    /// <param name="logits">What the gate's convolution gives, of the same shape; released.</param>
    /// <returns>A new tensor, owned by the caller.</returns>
    public static torch.Tensor Exclusive(torch.Tensor branch, torch.Tensor shortcut, torch.Tensor logits)
    {
        ArgumentNullException.ThrowIfNull(branch);
        ArgumentNullException.ThrowIfNull(shortcut);
        ArgumentNullException.ThrowIfNull(logits);
        using (branch)
        using (logits)
        {
            using torch.Tensor gate = logits.sigmoid();
            using torch.Tensor rest = 1 - gate;
            using torch.Tensor kept = shortcut.mul(rest);
            return branch.mul(gate).add_(kept);
        }
    }

    /// <summary>branch + (1 − g) · shortcut: the shortcut-only gate (figure 2d).</summary>
    /// <inheritdoc cref="Exclusive" path="/param"/>
    /// <returns>A new tensor, owned by the caller.</returns>
    public static torch.Tensor ShortcutOnly(torch.Tensor branch, torch.Tensor shortcut, torch.Tensor logits)
    {
        ArgumentNullException.ThrowIfNull(branch);
        ArgumentNullException.ThrowIfNull(shortcut);
        ArgumentNullException.ThrowIfNull(logits);
        using (branch)
        using (logits)
        {
            // 1 − σ(x) = σ(−x): one tensor for the backward pass instead of two.
            using torch.Tensor closed = logits.neg();
            using torch.Tensor rest = closed.sigmoid();
            return shortcut.mul(rest).add_(branch);
        }
    }
}
