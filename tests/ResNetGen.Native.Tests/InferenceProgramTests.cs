using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ResNetGen.Native.Tests;

/// <summary>Each operation of an inference program against torch's own, in both layouts.</summary>
public class InferenceProgramTests
{
    // Sums of some hundred products in another order, and Winograd's algorithm, whose rounding is a few times that of a sum.
    private const double Tolerance = 2e-5;

    public static TheoryData<InferenceLayout> Layouts => [InferenceLayout.Blocked, InferenceLayout.ChannelsLast];

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Convolutions_of_all_shapes(InferenceLayout layout)
    {
        (int In, int Out, int Kernel, int Stride, int Padding, int Dilation, int Groups, bool Bias)[] shapes =
        [
            (3, 16, 7, 2, 3, 1, 1, false), (16, 16, 3, 1, 1, 1, 1, true), (64, 32, 1, 1, 0, 1, 1, false), (32, 64, 1, 2, 0, 1, 1, true),
            (16, 32, 3, 2, 1, 1, 1, true), (16, 16, 3, 1, 2, 2, 1, false), (32, 32, 3, 1, 1, 1, 4, true), (16, 16, 3, 1, 1, 1, 16, false),
            (5, 7, 3, 1, 1, 1, 1, true), (8, 12, 2, 2, 0, 1, 1, true),
        ];
        foreach (var shape in shapes)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor x = randn(2, shape.In, 15, 13), weight = randn(shape.Out, shape.In / shape.Groups, shape.Kernel, shape.Kernel);
            Tensor? bias = shape.Bias ? randn(shape.Out) : null;
            Tensor expected = F.conv2d(
                x, weight, bias, [shape.Stride, shape.Stride], [shape.Padding, shape.Padding], [shape.Dilation, shape.Dilation], shape.Groups).relu();
            Check(layout, x, expected, (program, input) => program.AddConvolution(
                $"{shape}", input, weight, bias, shape.Stride, shape.Padding, shape.Dilation, shape.Groups, function: PointFunction.ReLU));
        }
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void A_convolution_adds_itself_to_another_map(InferenceLayout layout)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = randn(3, 16, 9, 9), first = randn(32, 16, 1, 1), second = randn(32, 16, 3, 3);
        Check(layout, x, F.conv2d(x, first).add(F.conv2d(x, second, null, null, [1L, 1])).relu(), (program, input) =>
        {
            int shortcut = program.AddConvolution("shortcut", input, first, null, 1, 0);
            return program.AddConvolution("branch", input, second, null, 1, 1, addend: shortcut, function: PointFunction.ReLU);
        });
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Pools(InferenceLayout layout)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = randn(2, 20, 11, 14);
        Check(layout, x, F.max_pool2d(x, 3, 2, 1), static (program, input) => program.AddPool("max", input, false, (3, 3), (2, 2), (1, 1), (1, 0)));
        Check(layout, x, F.avg_pool2d(x, 2, 2, ceil_mode: true, count_include_pad: false), static (program, input) =>
            program.AddPool("mean", input, true, (2, 2), (2, 2), (0, 0), (1, 0)));
        Check(layout, x, F.adaptive_avg_pool2d(x, 1), static (program, input) => program.AddPool("all", input, true, (11, 14), (11, 14), (0, 0), (0, 0)));
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Option_A_in_every_order_of_channels(InferenceLayout layout)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = randn(2, 3, 9, 7), weight = randn(16, 3, 3, 3);
        Tensor map = F.conv2d(x, weight, null, null, [1L, 1]);
        foreach ((int before, int channels) in new[] { (0, 32), (8, 32), (16, 48), (3, 21), (0, 16) })
        {
            Tensor expected = F.pad(map.slice(2, 0, 9, 2).slice(3, 0, 7, 2), [0L, 0, 0, 0, before, channels - 16 - before]);
            Check(layout, x, expected, (program, input) =>
                program.AddZeroPad("pad", program.AddConvolution("conv", input, weight, null, 1, 1), 2, before, channels));
        }

        // On the images themselves, whose channels lie one after the other.
        Check(layout, x, F.pad(x, [0L, 0, 0, 0, 1, 4]), static (program, input) => program.AddZeroPad("pad", input, 1, 1, 8));
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Scales_sums_products_and_stacks(InferenceLayout layout)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = randn(2, 3, 6, 5), weight = randn(20, 3, 3, 3), scale = randn(20), shift = randn(20), gate = randn(20, 20, 1, 1);
        Tensor map = F.conv2d(x, weight, null, null, [1L, 1]);
        Tensor scaled = map.mul(scale.reshape(1, -1, 1, 1)).add(shift.reshape(1, -1, 1, 1));
        Tensor factors = F.conv2d(F.adaptive_avg_pool2d(map, 1), gate).sigmoid();
        Check(layout, x, scaled.relu(), (program, input) => program.AddScaleShift("s", Map(program, input), scale, shift, PointFunction.ReLU));
        Check(layout, x, F.gelu(scaled), (program, input) => program.AddScaleShift("s", Map(program, input), scale, shift, new(PointFunctionKind.GELU)));
        Check(layout, x, map.add(map).add(scaled).relu(), (program, input) =>
        {
            int first = Map(program, input);
            return program.AddSum("sum", [first, first, program.AddScaleShift("s", first, scale, shift)], PointFunction.ReLU);
        });
        Check(layout, x, map.mul(factors).add(scaled).relu(), (program, input) =>
        {
            int first = Map(program, input);
            int other = program.AddScaleShift("s", first, scale, shift);
            int mean = program.AddPool("mean", first, true, (6, 5), (6, 5), (0, 0), (0, 0));
            int opening = program.AddConvolution("gate", mean, gate, null, 1, 0, function: new(PointFunctionKind.Sigmoid));
            return program.AddProduct("product", first, opening, other, PointFunction.ReLU);
        });
        Check(layout, x, cat([map, scaled, map], 1), (program, input) =>
        {
            int first = Map(program, input);
            return program.AddStack("stack", [first, program.AddScaleShift("s", first, scale, shift), first]);
        });

        int Map(InferenceProgram program, int input) => program.AddConvolution("conv", input, weight, null, 1, 1);
    }

    [Fact]
    public void Every_function()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = randn(2, 4, 5, 5);
        (PointFunction Function, Tensor Expected)[] all =
        [
            (PointFunction.ReLU, x.relu()), (new(PointFunctionKind.LeakyReLU, 0.2f), F.leaky_relu(x, 0.2)), (new(PointFunctionKind.GELU), F.gelu(x)),
            (new(PointFunctionKind.SiLU), F.silu(x)), (new(PointFunctionKind.Sigmoid), x.sigmoid()),
        ];
        // As many as there are, no function aside.
        Assert.Equal(Enum.GetValues<PointFunctionKind>().Length - 1, all.Length);
        foreach ((PointFunction function, Tensor expected) in all)
            Check(InferenceLayout.Blocked, x, expected, (program, input) => program.AddFunction("f", input, function));
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Linear_layers_on_maps_and_vectors(InferenceLayout layout)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = randn(3, 3, 6, 6), weight = randn(20, 3, 3, 3), one = randn(11, 20 * 36), two = randn(5, 11), b1 = randn(11), b2 = randn(5);
        Tensor flat = F.conv2d(x, weight, null, null, [1L, 1]).flatten(1);
        Check(layout, x, F.linear(F.linear(flat, one, b1).relu(), two, b2), (program, input) =>
        {
            int map = program.AddFlatten("flat", program.AddConvolution("conv", input, weight, null, 1, 1));
            return program.AddLinear("two", program.AddLinear("one", map, one, b1, PointFunction.ReLU), two, b2);
        });
    }

    [Fact]
    public void Bfloat16_is_float32_but_for_its_eight_bits()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = randn(2, 3, 16, 16), first = randn(32, 3, 3, 3).mul(0.2), second = randn(32, 32, 3, 3).mul(0.06);
        Tensor map = F.conv2d(x, first, null, null, [1L, 1]).relu();
        Tensor expected = map.add(F.conv2d(map, second, null, null, [1L, 1]));
        // Three roundings to 2⁻⁸ on the way, which mostly cancel in sums of hundreds.
        Check(InferenceLayout.Blocked, x, expected, (program, input) =>
        {
            int a = program.AddConvolution("a", input, first, null, 1, 1, function: PointFunction.ReLU);
            return program.AddSum("sum", [a, program.AddConvolution("b", a, second, null, 1, 1)]);
        }, bfloat16: true, tolerance: 0.02);
    }

    [Fact]
    public void Fewer_images_than_the_batch_and_runs_one_after_the_other()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = randn(5, 3, 8, 8), weight = randn(4, 3, 3, 3);
        Tensor expected = F.conv2d(x, weight, null, null, [1L, 1]);
        using var program = new InferenceProgram(batch: 4, bfloat16: false, threads: 2);
        program.Complete(program.AddConvolution("conv", program.AddInput(3, 8, 8), weight, null, 1, 1), 4 * 8 * 8);
        foreach (int count in new[] { 1, 4, 3, 1 })
            AssertClose(expected.slice(0, 0, count, 1), Run(program, x.slice(0, 0, count, 1), expected), Tolerance, "images");

        string message = Assert.Throws<ArgumentException>(() => Run(program, x, expected)).Message;
        Assert.Contains("1 to 4 images of 192 elements", message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_lives_together_lies_apart_and_the_rest_shares_memory()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor weight = randn(16, 16, 3, 3), stem = randn(16, 3, 3, 3);
        using var program = new InferenceProgram(batch: 1, bfloat16: false, threads: 1);
        int value = program.AddConvolution("stem", program.AddInput(3, 32, 32), stem, null, 1, 1);
        for (int i = 0; i < 20; i++)
            value = program.AddConvolution($"conv{i}", value, weight, null, 1, 1);

        program.Complete(value, 16 * 32 * 32);
        IReadOnlyList<InferenceRegion> regions = program.Regions;
        Assert.True(regions.Count >= 20);
        foreach (InferenceRegion a in regions)
        {
            foreach (InferenceRegion b in regions)
            {
                bool together = a.First <= b.Last && b.First <= a.Last, overlap = a.Offset < b.Offset + b.Bytes && b.Offset < a.Offset + a.Bytes;
                Assert.True(a == b || !together || !overlap, $"{a} and {b}");
            }
        }

        // Of a chain no more than two maps are alive, and one convolution's scratch memory.
        Assert.True(regions.Max(static region => region.Offset + region.Bytes) < regions.Sum(static region => region.Bytes) / 4);
    }

    [Fact]
    public void A_program_that_is_over_says_so()
    {
        var program = new InferenceProgram(1, false, 1);
        program.Dispose();
        program.Dispose();
        Assert.Throws<ObjectDisposedException>(() => program.AddInput(3, 8, 8));
        Assert.Contains("at least 1", Assert.Throws<ExternalException>(static () => new InferenceProgram(0, false, 1)).Message, StringComparison.Ordinal);
    }

    private static void Check(
        InferenceLayout layout, Tensor x, Tensor expected, Func<InferenceProgram, int, int> build, bool bfloat16 = false, double tolerance = Tolerance)
    {
        using var program = new InferenceProgram((int)x.size(0), bfloat16, threads: 1, layout);
        int output = build(program, program.AddInput((int)x.size(1), (int)x.size(2), (int)x.size(3)));
        program.Complete(output, (int)(expected.numel() / expected.size(0)));
        // Twice: what the first run leaves in the memory must not matter.
        Run(program, x.mul(3), expected).Dispose();
        AssertClose(expected, Run(program, x, expected), tolerance, string.Join(", ", program.Steps));
    }

    private static Tensor Run(InferenceProgram program, Tensor x, Tensor like)
    {
        Tensor result = empty([x.size(0), .. like.shape[1..]]);
        program.Run(MemoryMarshal.Cast<byte, float>(x.contiguous().bytes), MemoryMarshal.Cast<byte, float>(result.bytes));
        return result;
    }

    private static void AssertClose(Tensor expected, Tensor found, double tolerance, string what)
    {
        double difference = found.sub(expected).abs().max().item<float>() / expected.abs().max().item<float>();
        Assert.True(difference <= tolerance, $"{what}: {difference:E2} of the largest value, at most {tolerance:E2} allowed");
    }
}
