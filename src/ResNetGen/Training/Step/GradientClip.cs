using ResNetGen.Native;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Training;

/// <summary>
/// Shortens all gradients together to a greatest norm, as PyTorch's clip_grad_norm_ does (Pascanu et al. 2013); the norm stays
/// on the device, so that nothing waits for it.
/// </summary>
internal sealed class GradientClip
{
    // What PyTorch adds to the norm that it divides by.
    private const double Small = 1e-6;

    private readonly Parameter[] _parameters;
    private readonly FusedGradients? _gradients;
    private readonly double _most;

    /// <param name="network">The network.</param>
    /// <param name="most">The greatest norm.</param>
    /// <param name="gradients">Its gradients; null shortens them one by one.</param>
    public GradientClip(nn.Module network, double most, FusedGradients? gradients)
    {
        _parameters = [.. network.parameters()];
        _gradients = gradients;
        _most = most;
    }

    /// <summary>
    /// What the gradients must be multiplied by, a float32 number on their device, for an optimizer that does so itself; null where
    /// they have been multiplied already.
    /// </summary>
    /// <param name="within">Whether the optimizer takes the factor.</param>
    public Tensor? Apply(bool within)
    {
        using IDisposable guard = no_grad();
        if (_gradients is null)
        {
            ApplyPortably();
            return null;
        }

        using DisposeScope scope = NewDisposeScope();
        _gradients.Measure();
        Tensor norm = _gradients.Norm().add_(Small);
        Tensor factor = full_like(norm, _most).div_(norm).clamp_(max: 1).to(ScalarType.Float32);
        if (within)
        {
            return factor.MoveToOuterDisposeScope();
        }

        _gradients.Scale(factor);
        return null;
    }

    private void ApplyPortably()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor[] gradients = [.. _parameters.Select(static parameter => parameter.grad!).Where(static gradient => gradient is not null)];
        if (gradients.Length == 0)
        {
            return;
        }

        Tensor norm = GradientNorm.Of(gradients).add_(Small);
        Tensor factor = full_like(norm, _most).div_(norm).clamp_(max: 1);
        foreach (Tensor gradient in gradients)
        {
            gradient.mul_(factor);
        }
    }
}
