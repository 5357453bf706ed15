using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Native.Tests;

/// <summary>
/// Values and map gradients of convolutions 3 x 3 of stride 1, whose channels are multiples of 16, against torch's in float64 of the same numbers
/// rounded to bfloat16. Elsewhere than on processors with AVX-512 BF16 they come from oneDNN or torch and are closer than they must be.
/// </summary>
public class WinogradTests
{
    // Root of the mean square of what rounding to 8 bits takes from a number: winograd.h.
    private const double Rounding = 0.0017;

    /// <summary>Input and output channels, padding, images, height, width, whether there is a bias.</summary>
    public static TheoryData<int, int, int, int, int, int, bool> Shapes() => new()
    {
        { 16, 16, 1, 4, 8, 8, true },
        { 32, 48, 1, 1, 14, 10, false },     // a single image
        { 48, 16, 0, 3, 9, 13, true },       // no margin; outputs of odd sides
        { 80, 144, 2, 2, 6, 11, true },      // a wide margin, which the gradient's has none for
        { 64, 32, 1, 5, 7, 7, false },       // tiles over the edge; blocks that end within a row of tiles
        { 16, 16, 1, 1, 2, 130, true },      // rows of tiles in several blocks
        { 512, 64, 1, 4, 7, 7, false },      // few tiles a block
        { 16, 512, 1, 1, 11, 8, true },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Values_and_map_gradients_are_those_of_exact_arithmetic_but_for_rounding(
        int channels, int outputs, int padding, int images, int height, int width, bool bias)
    {
        using DisposeScope scope = NewDisposeScope();
        (Conv2d convolution, Tensor map) = Draw(channels, outputs, padding, images, height, width, bias);
        (Tensor y, Tensor gradient, Tensor mapGradient) = Train(convolution, map);

        Tensor exactMap = map.detach().to(float64).requires_grad_();
        Tensor exact = nn.functional.conv2d(exactMap, convolution.weight.to(float64), convolution.bias?.to(float64), [1, 1], [padding, padding]);
        exact.backward([gradient.to(float64)]);
        Close(y, exact, channels, Variance(map) * Variance(convolution.weight));
        Close(mapGradient, exactMap.grad!, outputs, Variance(gradient) * Variance(convolution.weight));
    }

    /// <summary>Numbers of direct convolutions would be less than half as far off: only weights and results are rounded there.</summary>
    [Fact]
    public void They_are_not_those_of_a_direct_convolution()
    {
        if (!WinogradKernels.AreHere) return;
        using DisposeScope scope = NewDisposeScope();
        (Conv2d convolution, Tensor map) = Draw(64, 64, 1, 4, 14, 14, false);
        (Tensor y, Tensor gradient, Tensor mapGradient) = Train(convolution, map);
        Tensor exactMap = map.detach().to(float64).requires_grad_();
        Tensor exact = nn.functional.conv2d(exactMap, convolution.weight.to(float64), null, [1, 1], [1, 1]);
        exact.backward([gradient.to(float64)]);
        Assert.InRange(Off(y, exact), 0.003, 1);
        Assert.InRange(Off(mapGradient, exactMap.grad!), 0.003, 1);
    }

    /// <summary>Fewer blocks than threads, and more.</summary>
    [Theory]
    [InlineData(64, 144, 1, 7, 9)]
    [InlineData(16, 32, 6, 16, 18)]
    public void Any_number_of_threads_gives_the_same_bits(int channels, int outputs, int images, int height, int width)
    {
        if (!WinogradKernels.AreHere) return;  // elsewhere oneDNN may cut its sums by threads
        using DisposeScope scope = NewDisposeScope();
        (Conv2d convolution, Tensor map) = Draw(channels, outputs, 1, images, height, width, true);
        int before = get_num_threads();
        var found = new List<(Tensor Y, Tensor Gradient, Tensor Map)>();
        try
        {
            foreach (int threads in new[] { 1, 2, 3, 8 })
            {
                set_num_threads(threads);
                found.Add(Train(convolution, map, found.Count == 0 ? null : found[0].Gradient));
            }
        }
        finally
        {
            set_num_threads(before);
        }

        Assert.All(found, one => Assert.True(one.Y.Equals(found[0].Y)));
        Assert.All(found, one => Assert.True(one.Map.Equals(found[0].Map)));
    }

    /// <summary>An output whose window has a number that is none must show it; one of a tile of 4 x 4 pixels that has it may.</summary>
    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void What_is_no_number_reaches_its_outputs_and_no_other_tile(float value)
    {
        using DisposeScope scope = NewDisposeScope();
        (Conv2d convolution, Tensor map) = Draw(16, 32, 1, 2, 10, 10, true);
        map[1, 3, 4, 7] = value;
        (Tensor y, _, _) = Train(convolution, map);

        Tensor finite = y.to(float32).isfinite();
        Assert.False(finite[1, .., 3..6, 6..9].any().item<bool>());
        // Tiles begin at even pixels, and read one more to each side.
        finite[1, .., 2..6, 6..10] = true;
        Assert.True(finite.all().item<bool>());
    }

    [Fact]
    public void A_weight_of_any_layout_gives_the_same()
    {
        using DisposeScope scope = NewDisposeScope();
        (Conv2d convolution, Tensor map) = Draw(32, 16, 1, 2, 8, 8, true);
        (Tensor y, Tensor gradient, Tensor mapGradient) = Train(convolution, map);
        MemoryFormat.ChannelsLast(convolution);
        (Tensor again, _, Tensor gradientAgain) = Train(convolution, map, gradient);
        Assert.True(again.Equals(y));
        Assert.True(gradientAgain.Equals(mapGradient));
    }

    private static (Conv2d Convolution, Tensor Map) Draw(int channels, int outputs, int padding, int images, int height, int width, bool bias)
    {
        manual_seed(5);
        return (nn.Conv2d(channels, outputs, 3, padding: padding, bias: bias), MemoryFormat.ChannelsLast(randn(images, channels, height, width)).to(bfloat16));
    }

    // The output's gradient is drawn where none is given.
    private static (Tensor Output, Tensor Gradient, Tensor MapGradient) Train(Conv2d convolution, Tensor map, Tensor? gradient = null)
    {
        Tensor input = map.detach().clone().requires_grad_();
        Tensor y;
        using (Autocast.Enable(DeviceType.CPU, ScalarType.BFloat16)) y = TrainingConvolution.Forward(convolution, input);
        gradient ??= MemoryFormat.ChannelsLast(randn(y.shape)).to(bfloat16);
        y.backward([gradient]);
        return (y.detach(), gradient, input.grad!);
    }

    // Of their own size: 0.0043 by Winograd's algorithm, 0.0024 directly, by what winograd.h derives.
    private static double Off(Tensor found, Tensor exact) => Math.Sqrt(Variance(found.to(float64) - exact.detach()) / Variance(exact));

    private static double Variance(Tensor numbers) => numbers.detach().to(float64).square().mean().item<double>();

    // winograd.h: off by the root of 2 * 25 m w C times what rounding takes from one number, with the product m w of the variances; and by up to 2^-8 of
    // itself in the end. Normal errors of a few ten thousand numbers stay below six times that, and the root of their mean square within a tenth.
    private static void Close(Tensor found, Tensor exact, int summed, double variances)
    {
        Assert.Equal(exact.shape, found.shape);
        Assert.Equal(bfloat16, found.dtype);
        double error = Math.Sqrt(50 * variances * summed) * Rounding;
        using Tensor size = exact.detach().abs(), off = (found.detach().to(float64) - exact.detach()).abs();
        Assert.True((off <= size / 256 + 6 * error).all().item<bool>(), $"off by up to {off.max().item<double>():g3}, with a root of the mean square of {error:g3}");
        double typical = Math.Sqrt(off.square().mean().item<double>()), rounded = Rounding * Math.Sqrt(size.square().mean().item<double>());
        Assert.True(typical <= 1.1 * Math.Sqrt(error * error + rounded * rounded), $"off by {typical:g3} where {error:g3} and {rounded:g3} come together");
    }
}
