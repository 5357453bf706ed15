using ResNetGen.Native;
using TorchSharp;

namespace ResNetGen.Modules;

/// <summary>
/// Option A of the papers: the identity where a stage changes shape. Every <c>stride</c>-th pixel is kept (no
/// averaging) and the new channels are zeros, so the shortcut has no parameters (He et al. 2015, section 3.3).
/// </summary>
public sealed class ZeroPadShortcut : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly int _stride;
    private readonly int _inChannels;
    private readonly int _outChannels;
    private readonly long[] _padding;

    /// <summary>Makes a shortcut from <c>[N, inChannels, H, W]</c> to <c>[N, outChannels, ⌈H/stride⌉, ⌈W/stride⌉]</c>.</summary>
    /// <param name="stride">Keeps the pixels 0, stride, 2·stride, … of each row and column; at least 1.</param>
    /// <param name="inChannels">Channels that come in.</param>
    /// <param name="outChannels">Channels that go out; at least <paramref name="inChannels"/>.</param>
    /// <param name="padding">Whether the zeros follow the channels (the default) or surround them.</param>
    /// <exception cref="ArgumentOutOfRangeException">The stride is below 1, or option A would have to drop channels.</exception>
    public ZeroPadShortcut(int stride, int inChannels, int outChannels, ZeroPadding padding = ZeroPadding.End)
        : base(nameof(ZeroPadShortcut))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(inChannels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outChannels, inChannels);
        _stride = stride;
        _inChannels = inChannels;
        _outChannels = outChannels;
        int added = outChannels - inChannels;
        int before = padding == ZeroPadding.Both ? added / 2 : 0;
        _padding = [0, 0, 0, 0, before, added - before];
    }

    /// <summary>The shortcut of <paramref name="input"/>; a new tensor, also where nothing changes.</summary>
    /// <param name="input">Feature maps <c>[N, inChannels, H, W]</c>, left untouched.</param>
    /// <exception cref="ArgumentException">The input is no batch of feature maps with the expected channels.</exception>
    public override torch.Tensor forward(torch.Tensor input)
    {
        Check(input);
        if (_stride == 1)
        {
            return _inChannels == _outChannels ? input.alias() : Pad(input);
        }

        torch.Tensor sampled = Subsample(input);
        if (_inChannels == _outChannels)
        {
            return sampled;
        }

        using (sampled)
        {
            return Pad(sampled);
        }
    }

    /// <summary>What an operation that does this module's work has to know.</summary>
    /// <param name="input">Feature maps <c>[N, inChannels, H, W]</c>.</param>
    /// <exception cref="ArgumentException">The input is no batch of feature maps with the expected channels.</exception>
    internal ChannelPadding PaddingFor(torch.Tensor input)
    {
        Check(input);
        return new ChannelPadding(_stride, (int)_padding[4], (int)_padding[5]);
    }

    private void Check(torch.Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.dim() != 4 || input.size(1) != _inChannels)
        {
            throw new ArgumentException(
                $"This option-A shortcut takes [N, {_inChannels}, H, W], got [{string.Join(", ", input.shape)}].", nameof(input));
        }
    }

    /// <summary>
    /// Every stride-th pixel. Pooling over one pixel copies just those, and its backward pass writes one tensor where
    /// slicing's fills two with zeros first: a fifth of the time in fp32. In bf16 libtorch's pooling is the slower.
    /// </summary>
    private torch.Tensor Subsample(torch.Tensor input)
    {
        if (input.dtype == torch.float32)
        {
            return torch.nn.functional.avg_pool2d(input, 1L, _stride);
        }

        using torch.Tensor rows = input.slice(2, 0, input.size(2), _stride);
        return rows.slice(3, 0, input.size(3), _stride);
    }

    private torch.Tensor Pad(torch.Tensor maps) => torch.nn.functional.pad(maps, _padding);
}
