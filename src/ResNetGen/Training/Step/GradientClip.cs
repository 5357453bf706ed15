using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Training;

/// <summary>
/// Shortens all gradients together to a greatest norm, as PyTorch's clip_grad_norm_ does (Pascanu et al. 2013); the norm stays
/// on the device, so that nothing waits for it.
/// </summary>
internal static class GradientClip
{
    /// <summary>Shortens the gradients of a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="most">The greatest norm.</param>
    public static void Apply(nn.Module network, double most)
    {
        using IDisposable guard = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor[] gradients = [.. network.parameters().Select(static parameter => parameter.grad!).Where(static gradient => gradient is not null)];
        if (gradients.Length == 0)
        {
            return;
        }

        // PyTorch adds the 1e-6 as well.
        Tensor norm = GradientNorm.Of(gradients).add_(1e-6);
        Tensor factor = full_like(norm, most).div_(norm).clamp_(max: 1);
        foreach (Tensor gradient in gradients)
        {
            gradient.mul_(factor);
        }
    }
}
