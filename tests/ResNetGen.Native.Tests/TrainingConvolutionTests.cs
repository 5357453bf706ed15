using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Native.Tests;

/// <summary>Convolutions of training in mixed precision against torch's convolution in float64, of the same numbers rounded to bfloat16.</summary>
public class TrainingConvolutionTests
{
    /// <summary>Input and output channels, kernel, stride, padding, dilation, groups, images, side.</summary>
    public static TheoryData<int, int, int, int, int, int, int, int, int> Shapes() => new()
    {
        { 16, 20, 3, 1, 1, 1, 1, 4, 8 },     // the row of a kernel as one vector
        { 16, 24, 3, 2, 1, 1, 1, 6, 9 },     // rows and columns that no window reaches
        { 3, 20, 7, 2, 3, 1, 1, 4, 17 },     // few channels
        { 64, 40, 1, 1, 0, 1, 1, 4, 7 },
        { 64, 130, 1, 2, 0, 1, 1, 4, 7 },    // every other pixel
        { 80, 7, 3, 1, 1, 1, 1, 2, 6 },      // a tile of a part of a vector
        { 12, 9, 3, 1, 2, 2, 1, 4, 8 },      // gaps in the kernel
        { 72, 5, 3, 2, 2, 2, 1, 3, 9 },      // an image without a partner
        { 32, 36, 3, 1, 1, 1, 1, 1, 6 },
        { 32, 32, 3, 1, 1, 1, 4, 4, 6 },     // groups
        { 8, 8, 2, 1, 0, 1, 1, 2, 5 },
        { 5, 6, 1, 1, 1, 1, 1, 2, 4 },       // a kernel of one pixel that looks at the margin
        { 33, 17, 3, 1, 1, 1, 1, 70, 16 },   // several blocks of images
        { 64, 68, 3, 1, 1, 1, 1, 2, 72 },    // several blocks of rows
        { 128, 260, 3, 1, 1, 1, 1, 4, 7 },   // a weight of more than 1 MiB: all threads at one block, which is written past the caches
        { 128, 256, 3, 2, 1, 1, 1, 7, 28 },  // and at several, which are added up
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Values_and_gradients_are_those_of_exact_arithmetic(
        int channels, int outputs, int kernel, int stride, int padding, int dilation, int groups, int images, int side)
    {
        using DisposeScope scope = NewDisposeScope();
        Conv2d convolution = Convolution(channels, outputs, kernel, stride, padding, dilation, groups);
        Tensor input = MemoryFormat.ChannelsLast(randn(images, channels, side, side)).to(bfloat16);
        (Tensor y, Tensor gradient) = Train(convolution, input.requires_grad_());

        Tensor exactInput = input.detach().to(float64).requires_grad_(), weight = Rounded(convolution.weight), bias = Rounded(convolution.bias!);
        Tensor exact = nn.functional.conv2d(exactInput, weight, bias, [stride, stride], [padding, padding], [dilation, dilation], groups);
        exact.backward([gradient.to(float64)]);

        // Products of bfloat16 are exact in float32. The output and the map's gradient are rounded to 8 bits once, by up to 2^-9 of themselves; torch's
        // bias is rounded before.
        Close(y, exact, relative: 1.0 / 256, absolute: 1e-3);
        Close(input.grad!, exactInput.grad!, relative: 1.0 / 256, absolute: 1e-3);
        // Sums of up to 18,000 products of size one in float32: their rounding errors of 2^-24 each walk at random.
        Assert.Equal(float32, convolution.weight.grad!.dtype);
        Close(convolution.weight.grad!, weight.grad!, relative: 1e-5, absolute: 2e-3);
        Close(convolution.bias!.grad!, bias.grad!, relative: 1e-5, absolute: 2e-3);
    }

    [Fact]
    public void What_is_laid_out_otherwise_gives_the_same()
    {
        using DisposeScope scope = NewDisposeScope();
        Conv2d convolution = Convolution(16, 8, 3, 1, 1, 1, 1);
        Tensor input = randn(4, 16, 7, 7).to(bfloat16);
        (Tensor expected, Tensor gradient) = Train(convolution, MemoryFormat.ChannelsLast(input).requires_grad_());
        Tensor expectedWeight = convolution.weight.grad!.clone();
        MemoryFormat.ChannelsLast(convolution);
        (Tensor y, _) = Train(convolution, input.requires_grad_(), gradient);
        // torch gives this weight's gradient in bfloat16: 8 bits of sums of 196 products.
        Close(y, expected, relative: 1.0 / 128, absolute: 1e-2);
        Close(convolution.weight.grad!, expectedWeight, relative: 1.0 / 128, absolute: 0.1);
    }

    /// <summary>A small weight's gradient is summed in eight parts, which more threads than that have no use for; a large one's has no parts.</summary>
    [Theory]
    [InlineData(48, 56, 6, 20, new[] { 1, 2, 3 }, new[] { 9 })]
    [InlineData(128, 260, 5, 14, new[] { 1, 2, 9 }, new int[0])]
    public void Any_number_of_threads_gives_the_same_bits(int channels, int outputs, int images, int side, int[] alike, int[] close)
    {
        using DisposeScope scope = NewDisposeScope();
        Conv2d convolution = Convolution(channels, outputs, 3, 1, 1, 1, 1);
        Tensor input = MemoryFormat.ChannelsLast(randn(images, channels, side, side)).to(bfloat16);
        int before = get_num_threads();
        var found = new List<Tensor>();
        Tensor? gradient = null;
        try
        {
            foreach (int threads in alike.Concat(close))
            {
                set_num_threads(threads);
                (_, gradient) = Train(convolution, input, gradient);
                found.Add(convolution.weight.grad!.clone());
            }
        }
        finally
        {
            set_num_threads(before);
        }

        // oneDNN, which takes the sum where the processor has not our kernels' instructions, cuts it by threads: 2,400 products of size one.
        Assert.All(found, one => Close(one, found[0], relative: 1e-5, absolute: 1e-3));
        if (Autocast.HasFastBFloat16 && !System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture.ToString().StartsWith("Arm", StringComparison.Ordinal))
            Assert.All(found[..alike.Length], one => Assert.True(one.Equals(found[0])));
    }

    [Fact]
    public void What_does_not_fit_is_refused_in_torchs_words()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor input = MemoryFormat.ChannelsLast(randn(2, 16, 4, 4)).to(bfloat16);
        Conv2d wide = Convolution(16, 8, 7, 1, 1, 1, 1), gaps = Convolution(16, 8, 3, 1, 0, 2, 1), still = Convolution(16, 8, 3, 0, 1, 1, 1), biased = Convolution(16, 8, 3, 1, 1, 1, 1);
        biased.bias = new Parameter(zeros(5));
        Refused(wide);
        Refused(gaps);
        Refused(still);
        Refused(biased);

        void Refused(Conv2d convolution)
        {
            using IDisposable region = Autocast.Enable(DeviceType.CPU, ScalarType.BFloat16);
            Assert.True(TrainingConvolution.Takes(convolution, input));
            string ours = Assert.ThrowsAny<Exception>(() => TrainingConvolution.Forward(convolution, input)).Message;
            string torchs = Assert.ThrowsAny<Exception>(() => nn.functional.conv2d(input, convolution.weight.to(bfloat16), convolution.bias!.to(bfloat16),
                convolution.stride, convolution.padding, convolution.dilation)).Message;
            Assert.Equal(torchs.Split('\n')[0], ours.Split('\n')[0]);
        }
    }

    [Fact]
    public void Only_what_is_wanted_gets_a_gradient()
    {
        using DisposeScope scope = NewDisposeScope();
        Conv2d convolution = Convolution(8, 8, 3, 1, 1, 1, 1);
        Tensor input = MemoryFormat.ChannelsLast(randn(2, 8, 6, 6)).to(bfloat16).requires_grad_();
        convolution.weight.requires_grad_(false);
        Train(convolution, input);
        Assert.Null(convolution.weight.grad);
        Assert.NotNull(convolution.bias!.grad);
        Assert.NotNull(input.grad);

        convolution.weight.requires_grad_(true);
        convolution.bias.requires_grad_(false);
        Tensor images = MemoryFormat.ChannelsLast(randn(2, 8, 6, 6));
        Train(convolution, images);
        Assert.NotNull(convolution.weight.grad);
        Assert.Null(images.grad);
    }

    [Fact]
    public void It_takes_what_autocast_would_shorten_in_training()
    {
        using DisposeScope scope = NewDisposeScope();
        Conv2d convolution = Convolution(8, 8, 3, 1, 1, 1, 1);
        Tensor input = MemoryFormat.ChannelsLast(randn(2, 8, 6, 6));
        Assert.False(TrainingConvolution.Takes(convolution, input));
        using IDisposable region = Autocast.Enable(DeviceType.CPU, ScalarType.BFloat16);
        Assert.True(TrainingConvolution.Takes(convolution, input));
        using (no_grad()) Assert.False(TrainingConvolution.Takes(convolution, input));
        Assert.False(TrainingConvolution.Takes(convolution, input.to(float64)));
        Assert.False(TrainingConvolution.Takes(convolution, randn(8, 6, 6)));
        Assert.False(TrainingConvolution.Takes(convolution, randn(2, 9, 6, 6)));
        Assert.False(TrainingConvolution.Takes(nn.Conv2d(8, 8, 3, padding: 1, padding_mode: PaddingModes.Reflect), input));
        Assert.False(TrainingConvolution.Takes(nn.Conv2d(8, 8, 3, padding: Padding.Same), input));
    }

    [Fact]
    public void What_it_does_not_take_it_refuses_in_words()
    {
        using DisposeScope scope = NewDisposeScope();
        Conv2d convolution = Convolution(8, 8, 3, 1, 1, 1, 1);
        var error = Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => TrainingConvolution.Forward(convolution, randn(2, 9, 6, 6)));
        Assert.Contains("[2, 9, 6, 6]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gradients_of_gradients_are_those_of_torch()
    {
        using DisposeScope scope = NewDisposeScope();
        Conv2d convolution = Convolution(6, 4, 3, 1, 1, 1, 1);
        Tensor input = MemoryFormat.ChannelsLast(randn(2, 6, 5, 5)).to(bfloat16);
        Tensor Second(Func<Tensor, Tensor> call)
        {
            convolution.zero_grad();
            Tensor x = input.detach().clone().requires_grad_();
            Tensor y;
            using (Autocast.Enable(DeviceType.CPU, ScalarType.BFloat16)) y = call(x);
            y.to(float32).square().sum().backward(create_graph: true);
            Tensor first = x.grad!;
            convolution.zero_grad();
            first.to(float32).square().sum().backward();
            return convolution.weight.grad!.clone();
        }

        Tensor ours = Second(x => TrainingConvolution.Forward(convolution, x)), torchs = Second(convolution.call);
        // Three convolutions, each rounded to 8 bits, of numbers that are not the same in the last: some 2^-7 of the largest.
        Close(ours, torchs, relative: 0.02, absolute: 0.02 * torchs.abs().max().item<float>());
    }

    private static Conv2d Convolution(int channels, int outputs, int kernel, int stride, int padding, int dilation, int groups)
    {
        manual_seed(7);
        Conv2d convolution = nn.Conv2d(channels, outputs, kernel, stride: stride, padding: padding, dilation: dilation, groups: groups, bias: true);
        // Numbers of bfloat16, so that rounding them loses nothing.
        using (no_grad())
        {
            convolution.bias!.copy_(convolution.bias!.to(bfloat16));
        }

        return convolution;
    }

    // One forward and backward pass; the gradient is drawn where none is given.
    private static (Tensor Output, Tensor Gradient) Train(Conv2d convolution, Tensor input, Tensor? gradient = null)
    {
        convolution.zero_grad();
        Tensor y;
        using (Autocast.Enable(DeviceType.CPU, ScalarType.BFloat16)) y = TrainingConvolution.Forward(convolution, input);
        Assert.Equal(bfloat16, y.dtype);
        gradient ??= MemoryFormat.ChannelsLast(randn(y.shape)).to(bfloat16);
        y.backward([gradient]);
        return (y.detach(), gradient);
    }

    private static Tensor Rounded(Tensor parameter) => parameter.detach().to(bfloat16).to(float64).requires_grad_();

    private static void Close(Tensor found, Tensor expected, double relative, double absolute)
    {
        Assert.Equal(expected.shape, found.shape);
        using Tensor exact = expected.detach().to(float64), off = (found.detach().to(float64) - exact).abs(), most = exact.abs() * relative + absolute;
        Assert.True((off <= most).all().item<bool>(), $"off by up to {off.max().item<double>():g3} where the largest is {exact.abs().max().item<double>():g3}");
    }
}
