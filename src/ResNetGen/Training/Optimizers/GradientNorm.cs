using static TorchSharp.torch;

namespace ResNetGen.Training;

/// <summary>The length of all gradients taken as one vector, as PyTorch computes it: the norm of the tensors' norms.</summary>
internal static class GradientNorm
{
    /// <summary>A tensor of one number on the gradients' device; nothing is read back.</summary>
    public static Tensor Of(IEnumerable<Tensor> gradients) => stack(gradients.Select(static gradient => gradient.norm())).norm();
}
