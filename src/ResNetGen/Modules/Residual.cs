using TorchSharp;

namespace ResNetGen.Modules;

/// <summary>
/// The sum of a branch and a shortcut, F(x) + h(x), and ReLU after it (He et al. 2015, equation 1): children <c>branch</c>
/// and, where the shortcut is no identity, <c>downsample</c>.
/// </summary>
/// <typeparam name="TBranch">The layers F.</typeparam>
public sealed class Residual<TBranch> : torch.nn.Module<torch.Tensor, torch.Tensor>
    where TBranch : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly bool _relu;
    private readonly bool _overwrite;

    /// <summary>Makes the sum of a branch and a shortcut.</summary>
    /// <param name="branch">The layers F.</param>
    /// <param name="downsample">The layers h, which bring x to the branch's shape; null for the identity.</param>
    /// <param name="relu">Whether ReLU follows the addition.</param>
    /// <param name="overwrite">
    /// Whether the sum may be written over the branch's output. It may after a convolution or a batch normalisation; it may not
    /// after a layer whose backward pass reads its own output (ReLU, sigmoid) or whose output can be its input (dropout).
    /// </param>
    public Residual(
        TBranch branch, torch.nn.Module<torch.Tensor, torch.Tensor>? downsample = null, bool relu = true, bool overwrite = false)
        : base(nameof(Residual<TBranch>))
    {
        ArgumentNullException.ThrowIfNull(branch);
        Branch = branch;
        Downsample = downsample;
        _relu = relu;
        _overwrite = overwrite;
        register_module("branch", branch);
        if (downsample is not null)
        {
            register_module("downsample", downsample);
        }
    }

    /// <summary>The layers F.</summary>
    public TBranch Branch { get; }

    /// <summary>The layers h, which bring x to the branch's shape; null where the shortcut is the identity.</summary>
    public torch.nn.Module<torch.Tensor, torch.Tensor>? Downsample { get; }

    /// <summary>F(x) + h(x), rectified where the module was made so; a new tensor.</summary>
    /// <param name="input">x, feature maps [N, C, H, W]; they stay the caller's.</param>
    public override torch.Tensor forward(torch.Tensor input)
    {
        torch.Tensor sum = Branch.call(input);
        if (Downsample is null)
        {
            sum = Add(sum, input);
        }
        else
        {
            using torch.Tensor shortcut = Downsample.call(input);
            sum = Add(sum, shortcut);
        }

        return _relu ? sum.relu_() : sum;
    }

    /// <summary>Nothing is left to do: the constructor has registered every child by name.</summary>
    protected override void RegisterComponents()
    {
    }

    private torch.Tensor Add(torch.Tensor branch, torch.Tensor shortcut)
    {
        if (_overwrite)
        {
            return branch.add_(shortcut);
        }

        using (branch)
        {
            return branch.add(shortcut);
        }
    }
}
