using ResNetGen.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Native.Tests;

public class MemoryFormatTests
{
    [Fact]
    public void ChannelsLastKeepsValuesAndChangesStrides()
    {
        Assert.True(MemoryFormat.IsAvailable);
        using Tensor x = arange(2 * 3 * 4 * 5, float32).view(2, 3, 4, 5);
        using Tensor y = MemoryFormat.ChannelsLast(x);

        Assert.Equal([60L, 1, 15, 3], y.stride());
        Assert.True(MemoryFormat.IsChannelsLast(y));
        Assert.False(MemoryFormat.IsChannelsLast(x));
        Assert.True(x.Equals(y));
    }

    [Fact]
    public void ChannelsLastRefusesOtherRanksByShape()
    {
        using Tensor x = zeros(2, 3);
        var error = Assert.Throws<ArgumentException>(() => MemoryFormat.ChannelsLast(x));
        Assert.Contains("[2, 3]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ModuleWeightsChangeLayoutAndKeepIdentityAndResult()
    {
        using var conv = nn.Conv2d(3, 8, 3, padding: 1, bias: false);
        using Tensor x = randn(2, 3, 9, 9);
        using Tensor before = conv.call(x);
        IntPtr handle = conv.weight.Handle;

        MemoryFormat.ChannelsLast(conv);

        Assert.Equal(handle, conv.weight.Handle);
        Assert.True(MemoryFormat.IsChannelsLast(conv.weight));
        Assert.True(conv.weight.requires_grad);
        using Tensor after = conv.call(x);
        // The same sums in another order: float32 rounding over 27 products.
        Assert.True(before.allclose(after, rtol: 1e-5, atol: 1e-6));
    }
}
