using ResNetGen.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Cuda.Tests;

/// <summary>On a GPU, the fused operations against torch's own.</summary>
public sealed class FusedOnGpuTests
{
    public static TheoryData<string, int, int, bool> Cases() => BatchNormKernelTests.Cases();

    [GpuTheory]
    [MemberData(nameof(Cases))]
    public void Batch_normalisation_is_torchs(string type, int channels, int addend, bool relu)
    {
        using DisposeScope scope = NewDisposeScope();
        Device gpu = device(DeviceType.CUDA);
        FusedMaps maps = new(Enum.Parse<ScalarType>(type), [4, channels, 8, 8], addend, relu);
        (double relative, double absolute) = BatchNormKernelTests.Tolerance(maps.Type);
        Tensor wantedMean = zeros(channels, dtype: ScalarType.Float64);
        Tensor wantedVariance = ones(channels, dtype: ScalarType.Float64);
        Tensor expected = maps.Expect(wantedMean, wantedVariance, training: true, 0.1);

        using TorchSharp.Modules.BatchNorm2d norm = nn.BatchNorm2d(channels);
        using (no_grad())
        {
            norm.weight!.copy_(maps.Weight);
            norm.bias!.copy_(maps.Bias);
        }

        norm.to(gpu);
        Tensor input = maps.Input.to(gpu).detach().requires_grad_();
        Tensor? added = maps.Addend?.to(gpu).detach().requires_grad_();
        Assert.True(FusedBatchNorm.Takes(input), "the fused kernels could not be compiled or loaded: see the warning above");
        Tensor output = added is null
            ? FusedBatchNorm.Forward(norm, input, relu)
            : FusedBatchNorm.Forward(norm, input, added, new ChannelPadding((int)maps.Padding.Stride, (int)maps.Padding.Before, (int)maps.Padding.After), relu);
        output.backward([maps.Gradient.to(gpu)]);

        Near.All(expected, output, relative, absolute, "output");
        Near.All(wantedMean, norm.running_mean!, 1e-6, 1e-6, "running mean");
        Near.All(wantedVariance, norm.running_var!, 1e-6, 1e-6, "running variance");
        Near.All(maps.Leaves[0].grad!, input.grad!, relative, absolute, "input's gradient");
        Near.All(maps.Leaves[1].grad!, norm.weight!.grad!, 1e-4, 1e-4, "weight's gradient");
        Near.All(maps.Leaves[2].grad!, norm.bias!.grad!, 1e-5, 1e-5, "bias's gradient");
        if (added is not null)
        {
            // Copied or stopped: nothing is rounded.
            Near.All(maps.Leaves[3].grad!, added.grad!, 0, 0, "addend's gradient");
        }
    }

    [GpuFact]
    public void Three_steps_of_sgd_are_torchs()
    {
        using DisposeScope scope = NewDisposeScope();
        Device gpu = device(DeviceType.CUDA);
        manual_seed(1);
        (string Name, TorchSharp.Modules.Parameter Parameter)[] ours =
            [.. Enumerable.Range(0, 70).Select(i => ($"p{i}", nn.Parameter(randn([1 + (i * 37)], device: gpu))))];
        TorchSharp.Modules.Parameter[] theirs = [.. ours.Select(static p => nn.Parameter(p.Parameter.detach().clone()))];
        using var sgd = optim.SGD(theirs, 0.1, momentum: 0.9, weight_decay: 1e-2);
        using FusedSgd fused = new(ours, [.. Enumerable.Repeat(1e-2, ours.Length)], 0.9, nesterov: false);
        for (int step = 0; step < 3; step++)
        {
            for (int i = 0; i < theirs.Length; i++)
            {
                theirs[i].grad = randn_like(theirs[i]);
                ours[i].Parameter.grad = theirs[i].grad!.clone();
            }

            sgd.step();
            fused.Step(0.1);
        }

        // Three steps of a few roundings.
        for (int i = 0; i < theirs.Length; i++) Near.All(theirs[i], ours[i].Parameter, 1e-5, 1e-6, ours[i].Name);
    }

    [GpuFact]
    public void A_gradient_that_is_not_finite_is_found_without_waiting()
    {
        using DisposeScope scope = NewDisposeScope();
        Device gpu = device(DeviceType.CUDA);
        TorchSharp.Modules.Parameter parameter = nn.Parameter(ones([1000], device: gpu));
        parameter.grad = ones([1000], device: gpu);
        using FusedGradients gradients = new([("p", parameter)]);
        gradients.Measure();
        Assert.Equal(0, gradients.NotFinite.cpu().item<float>());

        // A whole number of a thousand: exact.
        Assert.Equal(Math.Sqrt(1000), gradients.Norm().cpu().item<double>());
        parameter.grad![7] = float.NaN;
        gradients.Measure();
        Assert.Equal(1, gradients.NotFinite.cpu().item<float>());
    }
}
