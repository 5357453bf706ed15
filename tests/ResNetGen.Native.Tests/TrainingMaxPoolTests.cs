using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Native.Tests;

/// <summary>Max pooling in training against torch's own, with every set of instructions.</summary>
public class TrainingMaxPoolTests
{
    private const int Generic = 0;
    private const int Widest = 2;

    /// <summary>Window, stride, padding and dilation along height and width, whether partial windows count, channels, height, width.</summary>
    public static TheoryData<long[], long[], long[], long[], bool, int, int, int> Windows() => new()
    {
        { [3], [2], [1], [1], false, 64, 12, 12 },       // ResNet's
        { [2], [2], [0], [1], false, 32, 7, 9 },         // VGG's; a row and a column that no window reaches
        { [3], [2], [1], [1], true, 20, 8, 11 },         // channels that are no whole vectors, partial windows
        { [3], [1], [1], [2], false, 5, 9, 8 },          // gaps in the window
        { [2, 3], [1, 2], [1, 0], [1, 3], true, 17, 6, 13 },
        { [4], [7], [2], [1], false, 8, 15, 15 },        // pixels between windows
        { [15, 17], [1], [7, 8], [1], false, 3, 6, 5 },  // 255 taps, most of them outside
    };

    [Theory]
    [MemberData(nameof(Windows))]
    public void Values_and_gradients_are_torchs(long[] kernel, long[] stride, long[] padding, long[] dilation, bool ceil, int channels, int height, int width)
    {
        using DisposeScope scope = NewDisposeScope();
        using MaxPool2d pool = nn.MaxPool2d(kernel, stride, padding, dilation, ceil);
        foreach (bool last in new[] { true, false })
        foreach (ScalarType type in new[] { ScalarType.Float32, ScalarType.BFloat16 })
        foreach (bool isSpecial in new[] { false, true })
        {
            // Whole numbers, of which many are equal. In bfloat16 gradients are whole, too: their sums are exact, and the type in which torch adds does not matter.
            Tensor values = randint(-3, 4, [2, channels, height, width]).to(ScalarType.Float32);
            if (isSpecial)
            {
                values = values.masked_fill(rand_like(values) < 0.3, float.NaN).masked_fill(rand_like(values) < 0.3, float.NegativeInfinity)
                    .masked_fill(rand_like(values) < 0.1, float.PositiveInfinity).masked_fill(rand_like(values) < 0.1, -0f);
            }

            values = (last ? MemoryFormat.ChannelsLast(values) : values).to(type);
            Tensor torchs = values.clone().requires_grad_();
            Tensor expected = pool.call(torchs);
            Tensor gradient = type == ScalarType.Float32 ? randn(expected.shape) : randint(-8, 9, expected.shape).to(type);
            expected.backward([gradient]);
            for (int instructions = Generic; instructions <= Widest; instructions++)
            {
                _ = NativeMethods.rn_max_pool_instructions(instructions);
                Tensor ours = values.clone().requires_grad_();
                Assert.True(TrainingMaxPool.Takes(pool, ours));
                Tensor found = TrainingMaxPool.Forward(pool, ours);
                found.backward([gradient]);
                Assert.True(Same(expected, found), $"{type}, channels_last {last}, instructions {instructions}: the values differ");
                Assert.True(torchs.grad!.Equals(ours.grad!), $"{type}, channels_last {last}, instructions {instructions}: the gradients differ");
                Assert.Equal(type, found.dtype);
                Assert.Equal(values.stride(), ours.grad!.stride());
            }
        }
    }

    [Fact]
    public void A_byte_an_output_is_kept_and_not_the_map()
    {
        using MaxPool2d pool = nn.MaxPool2d(3, stride: 2, padding: 1);
        using Tensor weight = ones(1, 32, 1, 1).requires_grad_();
        using MemoryMeter meter = MemoryMeter.Start();
        Tensor found;
        using (Tensor map = weight.expand(2, 32, 16, 16).clone())
            found = TrainingMaxPool.Forward(pool, map);
        using (found)
            Assert.Equal((found.element_size() + 1) * found.numel(), meter.HeldBytes);
    }

    /// <summary>The derivative of the gradient with respect to what came from above, against torch's.</summary>
    [Fact]
    public void The_gradient_is_differentiable()
    {
        using DisposeScope scope = NewDisposeScope();
        using MaxPool2d pool = nn.MaxPool2d([3, 2], [2, 1], [1, 0], [1, 2], true);
        Tensor values = MemoryFormat.ChannelsLast(randn(2, 6, 9, 8));
        Tensor weights = randn(pool.call(values).shape), again = randn_like(values);
        Tensor Second(Func<Tensor, Tensor> forward)
        {
            Tensor map = values.clone().requires_grad_(), above = weights.clone().requires_grad_();
            Tensor first = autograd.grad([forward(map)], [map], [above], create_graph: true)[0];
            return autograd.grad([first], [above], [again])[0];
        }

        Assert.True(Second(map => pool.call(map)).Equals(Second(map => TrainingMaxPool.Forward(pool, map))));
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_bits()
    {
        using DisposeScope scope = NewDisposeScope();
        using MaxPool2d pool = nn.MaxPool2d(3, stride: 2, padding: 1);
        Tensor values = MemoryFormat.ChannelsLast(randn(4, 64, 33, 33));
        int before = get_num_threads();
        var found = new List<Tensor>();
        try
        {
            foreach (int threads in new[] { 1, 2, 5 })
            {
                set_num_threads(threads);
                Tensor map = values.clone().requires_grad_();
                Tensor output = TrainingMaxPool.Forward(pool, map);
                output.backward([output.detach()]);
                found.Add(map.grad!);
            }
        }
        finally
        {
            set_num_threads(before);
        }

        Assert.All(found, one => Assert.True(one.Equals(found[0])));
    }

    [Fact]
    public void What_it_does_not_take_is_torchs()
    {
        using DisposeScope scope = NewDisposeScope();
        using MaxPool2d pool = nn.MaxPool2d(3, stride: 2, padding: 1), wide = nn.MaxPool2d(16), padded = nn.MaxPool2d(3, padding: 2), gaps = nn.MaxPool2d(3, dilation: 9);
        Tensor map = randn(2, 4, 16, 16).requires_grad_();
        Assert.True(TrainingMaxPool.Takes(pool, map));
        Assert.False(TrainingMaxPool.Takes(pool, map.detach()));                  // nothing is kept anyway
        Assert.False(TrainingMaxPool.Takes(pool, map.to(ScalarType.Float64)));
        Assert.False(TrainingMaxPool.Takes(pool, map[0]));
        Assert.False(TrainingMaxPool.Takes(pool, map.transpose(0, 1)));           // neither layout
        Assert.False(TrainingMaxPool.Takes(wide, map));                           // 256 taps
        Assert.False(TrainingMaxPool.Takes(padded, map));                         // refused by torch
        Assert.False(TrainingMaxPool.Takes(gaps, map));                           // larger than the map
        using (no_grad())
            Assert.False(TrainingMaxPool.Takes(pool, map));
        Assert.ThrowsAny<Exception>(() => TrainingMaxPool.Forward(gaps, map));
    }

    private static bool Same(Tensor expected, Tensor found) =>
        expected.shape.SequenceEqual(found.shape) && expected.to(ScalarType.Float32).allclose(found.to(ScalarType.Float32), rtol: 0, atol: 0, equal_nan: true);
}
