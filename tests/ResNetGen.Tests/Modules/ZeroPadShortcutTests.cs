using ResNetGen.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Tests.Modules;

public sealed class ZeroPadShortcutTests
{
    [Fact]
    public void It_takes_every_second_pixel_and_adds_zeros_after_the_channels()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor input = arange(2 * 2 * 5 * 5, dtype: ScalarType.Float32).reshape(2, 2, 5, 5);
        using ZeroPadShortcut shortcut = new(2, 2, 5);
        Tensor output = shortcut.call(input);
        Assert.Equal([2L, 5, 3, 3], output.shape);
        float[] values = output.data<float>().ToArray();

        // Row 0 of the first channel holds 0 1 2 3 4, row 2 holds 10 … 14, row 4 holds 20 … 24.
        Assert.Equal([0f, 2, 4, 10, 12, 14, 20, 22, 24], values[..9]);
        Assert.Equal([25f, 27, 29, 35, 37, 39, 45, 47, 49], values[9..18]);
        Assert.All(values[18..45], static v => Assert.Equal(0, v));
        Assert.Equal([50f, 52, 54], values[45..48]);
    }

    [Fact]
    public void The_zeros_can_be_on_both_sides()
    {
        using DisposeScope scope = NewDisposeScope();
        using ZeroPadShortcut shortcut = new(1, 2, 6, ZeroPadding.Both);
        float[] values = shortcut.call(ones(1, 2, 1, 1)).data<float>().ToArray();
        Assert.Equal([0f, 0, 1, 1, 0, 0], values);
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void The_gradient_goes_back_to_the_pixels_that_were_taken(ScalarType type)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor input = rand(1, 2, 4, 4, dtype: type, requires_grad: true);
        using ZeroPadShortcut shortcut = new(2, 2, 4);
        shortcut.call(input).sum().backward();
        double[] gradient = input.grad!.to(ScalarType.Float64).data<double>().ToArray();
        double[] plane = [1, 0, 1, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0];
        Assert.Equal([.. plane, .. plane], gradient);
    }

    [Fact]
    public void An_identity_is_a_tensor_of_its_own()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor input = ones(1, 2, 3, 3);
        using ZeroPadShortcut shortcut = new(1, 2, 2);
        Tensor output = shortcut.call(input);
        Assert.NotSame(input, output);
        output.Dispose();
        Assert.Equal(18, input.sum().item<float>());
    }

    [Fact]
    public void It_has_no_parameters()
    {
        using ZeroPadShortcut shortcut = new(2, 16, 32);
        Assert.Empty(shortcut.state_dict());
    }

    [Fact]
    public void Other_channels_are_refused_by_name()
    {
        using DisposeScope scope = NewDisposeScope();
        using ZeroPadShortcut shortcut = new(2, 16, 32);
        Assert.Equal("This option-A shortcut takes [N, 16, H, W], got [1, 3, 8, 8]. (Parameter 'input')",
            Assert.Throws<ArgumentException>(() => shortcut.call(zeros(1, 3, 8, 8))).Message);
    }

    [Fact]
    public void Channels_cannot_be_dropped() => Assert.Throws<ArgumentOutOfRangeException>(static () => new ZeroPadShortcut(2, 32, 16));
}
