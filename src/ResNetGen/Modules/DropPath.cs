using TorchSharp;

namespace ResNetGen.Modules;

/// <summary>
/// Drops the whole branch of an image with a probability while training, and scales the others up so that the mean stays:
/// stochastic depth (Huang et al. 2016), by the image as timm does it. In evaluation it changes nothing.
/// </summary>
public sealed class DropPath : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    /// <summary>Makes the module.</summary>
    /// <param name="rate">Probability that an image's branch is dropped, from 0 to below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is no such probability.</exception>
    public DropPath(double rate)
        : base(nameof(DropPath))
    {
        if (!(rate >= 0 && rate < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(rate), rate, "A drop path rate lies between 0 and 1, 1 excluded.");
        }

        Rate = rate;
    }

    /// <summary>Probability that an image's branch is dropped.</summary>
    public double Rate { get; }

    /// <summary>The branch with some images' zeroed; the same tensor under a second handle where nothing is dropped.</summary>
    /// <param name="input">What the branch gives, [N, C, H, W]; it stays the caller's.</param>
    public override torch.Tensor forward(torch.Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (!training || Rate == 0)
        {
            return input.alias();
        }

        long[] shape = new long[input.dim()];
        Array.Fill(shape, 1L);
        shape[0] = input.size(0);
        using torch.Tensor kept = torch.empty(shape, dtype: input.dtype, device: input.device);
        kept.bernoulli_(1 - Rate);
        kept.div_(1 - Rate);
        return input.mul(kept);
    }

    /// <summary>Nothing is to be registered: it has no children and no weights.</summary>
    protected override void RegisterComponents()
    {
    }
}
