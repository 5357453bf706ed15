using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Native.Tests;

/// <summary>
/// The weight's gradient of convolutions 3 x 3 of stride 1, whose channels are multiples of 16, against torch's in float32 of the same numbers
/// rounded to bfloat16.
/// </summary>
public class WinogradWeightGradientTests
{
    /// <summary>Input and output channels, padding, images, height, width.</summary>
    public static TheoryData<int, int, int, int, int, int> Shapes() => new()
    {
        { 16, 16, 1, 4, 8, 8 },
        { 32, 48, 1, 1, 7, 5 },      // tiles over the edge, and a single image
        { 48, 16, 0, 3, 9, 12 },     // no margin; an odd number of rows of tiles
        { 80, 144, 2, 2, 6, 11 },    // a wide margin; panels of channels that are not full
        { 64, 64, 1, 40, 16, 16 },   // eight parts of several blocks
        { 128, 256, 1, 3, 7, 7 },    // a weight of more than 1 MiB
        { 256, 128, 1, 8, 28, 28 },  // and one that several blocks add to
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_gradient_is_torchs_but_for_rounding(int channels, int outputs, int padding, int images, int height, int width)
    {
        using DisposeScope scope = NewDisposeScope();
        (Conv2d convolution, Tensor map) = Draw(channels, outputs, padding, images, height, width);
        Tensor gradient = Differentiate(convolution, map, null, out Tensor found);

        Tensor weight = zeros_like(found).requires_grad_();
        nn.functional.conv2d(map.to(float32), weight, null, [1, 1], [padding, padding]).backward([gradient.to(float32)]);
        // Off by 0.0047 at most (root mean square, see winograd_weights.h) where map and gradient are of size one and a sum has one term, by the root of n
        // where it has n. Normal errors of a few hundred thousand numbers stay below six times that.
        double most = 6 * 0.0047 * Math.Sqrt((double)gradient.numel() / outputs);
        Assert.Equal(float32, found.dtype);
        Assert.Equal(weight.shape, found.shape);
        using Tensor difference = found - weight.grad!;
        double off = difference.abs().max().item<float>(), typical = Math.Sqrt(difference.square().mean().item<float>());
        Assert.True(off <= most, $"off by up to {off:g3}, more than {most:g3}");
        // Direct kernels round nothing before the sum, which is in float32.
        if (WinogradKernels.AreHere) Assert.InRange(typical, most / 6 / 2, most / 6);
    }

    /// <summary>In eight parts, and all threads at one block.</summary>
    [Theory]
    [InlineData(64, 48, 24, 16)]
    [InlineData(64, 144, 5, 14)]
    public void Any_number_of_threads_gives_the_same_bits(int channels, int outputs, int images, int side)
    {
        using DisposeScope scope = NewDisposeScope();
        (Conv2d convolution, Tensor map) = Draw(channels, outputs, 1, images, side, side);
        int before = get_num_threads();
        var found = new List<Tensor>();
        Tensor? gradient = null;
        try
        {
            foreach (int threads in new[] { 1, 2, 3, 8 })
            {
                set_num_threads(threads);
                gradient = Differentiate(convolution, map, gradient, out Tensor one);
                found.Add(one);
            }
        }
        finally
        {
            set_num_threads(before);
        }

        // oneDNN, which takes the sum where the processor has not our kernels' instructions, cuts it by threads.
        if (WinogradKernels.AreHere)
            Assert.All(found, one => Assert.True(one.Equals(found[0])));
    }

    private static (Conv2d Convolution, Tensor Map) Draw(int channels, int outputs, int padding, int images, int height, int width)
    {
        manual_seed(11);
        return (nn.Conv2d(channels, outputs, 3, padding: padding, bias: false), MemoryFormat.ChannelsLast(randn(images, channels, height, width)).to(bfloat16));
    }

    // The output's gradient, drawn where none is given.
    private static Tensor Differentiate(Conv2d convolution, Tensor map, Tensor? gradient, out Tensor weight)
    {
        convolution.zero_grad();
        Tensor y;
        using (Autocast.Enable(DeviceType.CPU, ScalarType.BFloat16)) y = TrainingConvolution.Forward(convolution, map);
        gradient ??= MemoryFormat.ChannelsLast(randn(y.shape)).to(bfloat16);
        y.backward([gradient]);
        weight = convolution.weight.grad!.clone();
        return gradient;
    }
}
