using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Cuda.Tests;

/// <summary>The text of kernels/optimizer.cu and its host code, run on the processor, against torch's SGD and plain operations.</summary>
public sealed class OptimizerKernelTests
{
    // More than the 64 that one launch takes, of sizes around a block.
    private const int Count = 70;

    private static Tensor[] Tensors(int seed)
    {
        manual_seed(seed);
        return [.. Enumerable.Range(0, Count).Select(static i => randn(1 + (i * 37)))];
    }

    [EmulationFact]
    public void Three_steps_are_torchs()
    {
        foreach (bool nesterov in (bool[])[false, true])
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor[] ours = Tensors(1);
            TorchSharp.Modules.Parameter[] theirs = [.. ours.Select(static tensor => nn.Parameter(tensor.clone()))];
            Tensor[] momenta = [.. ours.Select(static tensor => full_like(tensor, 9))];
            using var sgd = optim.SGD(theirs, 0.1, momentum: 0.9, weight_decay: 1e-2, nesterov: nesterov);
            Tensor rate = full([1], 0.1, dtype: ScalarType.Float32);
            for (int step = 0; step < 3; step++)
            {
                Tensor[] gradients = Tensors(step + 2);
                for (int i = 0; i < Count; i++) theirs[i].grad = gradients[i].clone();
                sgd.step();

                // The rate of the host is wrong on purpose once the device's is given.
                Emulation.Sgd(ours, gradients, momenta, [.. Enumerable.Repeat(1e-2, Count)], step == 0 ? 0.1 : 77, 0.9, nesterov, fresh: step == 0,
                    [step == 0 ? null : rate, null, null]);
            }

            // Three steps of a few roundings.
            for (int i = 0; i < Count; i++) Near.All(theirs[i], ours[i], 1e-5, 1e-6, $"tensor {i}");
        }
    }

    [EmulationFact]
    public void A_value_that_is_not_finite_stops_the_step_and_a_scale_scales_it()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor[] weights = Tensors(1), gradients = Tensors(2);
        Tensor[] before = [.. weights.Select(static tensor => tensor.clone())];
        double[] decays = [.. Enumerable.Repeat(0.0, Count)];
        Emulation.Sgd(weights, gradients, null, decays, 0.5, 0, false, false, [null, null, ones(1)]);
        for (int i = 0; i < Count; i++) Near.Same(before[i], weights[i], $"tensor {i}");
        Emulation.Sgd(weights, gradients, null, decays, 0.5, 0, false, false, [null, full([1], 0.25, dtype: ScalarType.Float32), zeros(1)]);
        for (int i = 0; i < Count; i++) Near.All(before[i].sub(gradients[i].mul(0.125)), weights[i], 1e-6, 1e-7, $"tensor {i}");
    }

    [EmulationFact]
    public void Average_scale_and_measure_are_what_they_say()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor[] averages = Tensors(1), values = Tensors(2);
        Tensor[] wanted = [.. averages.Select((average, i) => average.mul(0.75).add(values[i], alpha: 0.25))];
        Emulation.Average(averages, values, 0.75);
        for (int i = 0; i < Count; i++) Near.All(wanted[i], averages[i], 1e-6, 1e-7, $"average {i}");

        Emulation.Scale(values, full([1], 2, dtype: ScalarType.Float32));
        (Tensor squares, Tensor found) = (zeros(1, dtype: ScalarType.Float64), zeros(1));
        Emulation.Measure(values, squares, found);
        Tensor all = cat([.. Tensors(2)]).to(ScalarType.Float64).mul(2);

        // A sum in doubles.
        Near.All(all.mul(all).sum().reshape(1), squares, 1e-12, 0, "sum of squares");
        Assert.Equal(0, found.item<float>());
        values[66][0] = float.PositiveInfinity;
        Emulation.Measure(values, squares, found);
        Assert.Equal(1, found.item<float>());
    }
}
