using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Cuda.Tests;

/// <summary>The text of kernels/batch_norm.cu and its host code, run on the processor, against torch's own operations.</summary>
public sealed class BatchNormKernelTests
{
    private const int Batch = 0;
    private const int Running = 1;
    private const int Known = 2;

    // Channels that fill packs and that do not, several blocks beside and below each other; no addend, one as it is, option A.
    public static TheoryData<string, int, int, bool> Cases()
    {
        TheoryData<string, int, int, bool> cases = [];
        foreach (string type in (string[])["Float32", "BFloat16", "Float16"])
        {
            cases.Add(type, 16, 0, true);
            cases.Add(type, 16, 1, true);
            cases.Add(type, 16, 2, true);
            cases.Add(type, 6, 2, true);
            cases.Add(type, 7, 1, false);
            cases.Add(type, 300, 0, false);
        }

        return cases;
    }

    [EmulationTheory]
    [MemberData(nameof(Cases))]
    public void Training_is_torchs(string type, int channels, int addend, bool relu)
    {
        using DisposeScope scope = NewDisposeScope();
        FusedMaps maps = new(Enum.Parse<ScalarType>(type), [4, channels, 8, 8], addend, relu);
        (double relative, double absolute) = Tolerance(maps.Type);
        Tensor expectedMean = zeros(channels, dtype: ScalarType.Float64);
        Tensor expectedVariance = ones(channels, dtype: ScalarType.Float64);
        Tensor expected = maps.Expect(expectedMean, expectedVariance, training: true, 0.1);

        (Tensor runningMean, Tensor runningVariance, Tensor batches) = (zeros(channels), ones(channels), zeros(1, dtype: ScalarType.Int64));
        (Tensor output, Tensor mean, Tensor invstd) = (empty_like(maps.Input), empty(channels), empty(channels));
        Emulation.Forward([maps.Input, maps.Addend, output], [maps.Weight, maps.Bias, runningMean, runningVariance, batches, mean, invstd],
            maps.Padding, relu, Batch, FusedMaps.Eps, 0.1);

        Near.All(expected, output, relative, absolute, "output");
        Near.All(expectedMean, runningMean, 1e-6, 1e-6, "running mean");
        Near.All(expectedVariance, runningVariance, 1e-6, 1e-6, "running variance");
        Assert.Equal(1, batches.item<long>());

        RequireGradients(maps, output, mean, invstd, batchStatistics: true);
    }

    [EmulationTheory]
    [MemberData(nameof(Cases))]
    public void Evaluation_is_torchs(string type, int channels, int addend, bool relu)
    {
        using DisposeScope scope = NewDisposeScope();
        FusedMaps maps = new(Enum.Parse<ScalarType>(type), [4, channels, 8, 8], addend, relu);
        (double relative, double absolute) = Tolerance(maps.Type);
        (Tensor runningMean, Tensor runningVariance) = (randn(channels).add(4), rand(channels).add(0.25));
        Tensor expected = maps.Expect(runningMean.to(ScalarType.Float64), runningVariance.to(ScalarType.Float64), training: false, 0.1);
        (Tensor output, Tensor mean, Tensor invstd) = (empty_like(maps.Input), empty(channels), empty(channels));
        Emulation.Forward([maps.Input, maps.Addend, output], [maps.Weight, maps.Bias, runningMean, runningVariance, null, mean, invstd],
            maps.Padding, relu, Running, FusedMaps.Eps, 0.1);
        Near.All(expected, output, relative, absolute, "output");
        RequireGradients(maps, output, mean, invstd, batchStatistics: false);

        // The same again from what the first pass left.
        Tensor again = empty_like(maps.Input);
        Emulation.Forward([maps.Input, maps.Addend, again], [maps.Weight, maps.Bias, null, null, null, mean, invstd],
            maps.Padding, relu, Known, FusedMaps.Eps, 0.1);
        Near.Same(output, again, "the output from known statistics");
    }

    /// <summary>Momentum null of torch: the running statistics are the mean over all batches.</summary>
    [EmulationFact]
    public void Cumulative_average_is_torchs()
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor runningMean, Tensor runningVariance, Tensor batches) = (zeros(16), ones(16), zeros(1, dtype: ScalarType.Int64));
        (Tensor wantedMean, Tensor wantedVariance) = (zeros(16, dtype: ScalarType.Float64), zeros(16, dtype: ScalarType.Float64));
        for (int batch = 1; batch <= 3; batch++)
        {
            Tensor input = Native.MemoryFormat.ChannelsLast(randn(2, 16, 4, 4).add(batch));
            Tensor rows = input.to(ScalarType.Float64).permute(1, 0, 2, 3).reshape(16, 32);
            wantedMean.add_(rows.mean([1]).sub(wantedMean).div(batch));
            wantedVariance.add_(rows.var(1).sub(wantedVariance).div(batch));
            Emulation.Forward([input, null, empty_like(input)], [null, null, runningMean, runningVariance, batches, empty(16), empty(16)],
                (1, 0, 0), false, Batch, FusedMaps.Eps, double.NaN);
        }

        Near.All(wantedMean, runningMean, 1e-6, 1e-6, "running mean");
        Near.All(wantedVariance, runningVariance, 1e-6, 1e-6, "running variance");
    }

    [EmulationFact]
    public void Not_a_number_passes_through_relu_and_back()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor input = full([1, 4, 2, 2], double.NaN, dtype: ScalarType.Float32);
        Tensor output = empty_like(input);
        Emulation.Forward([input, null, output], [null, null, null, null, null, zeros(4), ones(4)], (1, 0, 0), true, Known, FusedMaps.Eps, 0.1);
        Assert.True(output.isnan().all().item<bool>());
    }

    private static void RequireGradients(FusedMaps maps, Tensor output, Tensor mean, Tensor invstd, bool batchStatistics)
    {
        (double relative, double absolute) = Tolerance(maps.Type);
        long channels = maps.Input.size(1);
        (Tensor weight, Tensor bias) = (empty(channels), empty(channels));
        Tensor input = empty_like(maps.Input);
        Tensor? addend = maps.Addend is null ? null : empty_like(maps.Addend);
        Emulation.Backward([maps.Gradient, maps.Input, maps.Relu && maps.Addend is not null ? output : null, input, addend],
            [maps.Weight, maps.Bias, mean, invstd, weight, bias], maps.Padding, maps.Relu, batchStatistics);
        Near.All(maps.Leaves[0].grad!, input, relative, absolute, "input's gradient");

        // Sums of 256 products in fp32, of terms that are exact.
        Near.All(maps.Leaves[1].grad!, weight, 1e-4, 1e-4, "weight's gradient");
        Near.All(maps.Leaves[2].grad!, bias, 1e-5, 1e-5, "bias's gradient");
        if (addend is not null)
        {
            // Copied or stopped: nothing is rounded.
            Near.All(maps.Leaves[3].grad!, addend, 0, 0, "addend's gradient");
        }
    }

    /// <summary>
    /// fp32: a few roundings of 2^-24 each, of values that the mean of 4 made eight times as large. The short types: one rounding of the
    /// result, 2^-9 and 2^-12 of it, and of it nothing more: sums are fp32.
    /// </summary>
    internal static (double Relative, double Absolute) Tolerance(ScalarType type) => type switch
    {
        ScalarType.BFloat16 => (1.0 / (1 << 8), 1e-5),
        ScalarType.Float16 => (1.0 / (1 << 11), 1e-5),
        _ => (1e-5, 1e-5),
    };
}
