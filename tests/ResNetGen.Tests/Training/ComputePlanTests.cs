using ResNetGen.Native;
using ResNetGen.Training;
using TorchSharp;

namespace ResNetGen.Tests.Training;

public sealed class ComputePlanTests
{
    [Fact]
    public void Fp32_on_the_cpu_is_what_was_asked_for()
    {
        ComputePlan plan = ComputePlan.Decide(ComputeDevice.Cpu, Precision.Fp32);
        Assert.Equal(DeviceType.CPU, plan.Device);
        Assert.False(plan.BFloat16);
        Assert.Equal(torch.get_num_threads(), plan.Threads);
        Assert.StartsWith($"cpu, fp32, {plan.Threads} thread", plan.Key, StringComparison.Ordinal);
        Assert.StartsWith("cpu, fp32, as asked for", plan.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void Auto_takes_bf16_where_the_hardware_is_fast_in_it_and_says_so()
    {
        ComputePlan plan = ComputePlan.Decide(ComputeDevice.Cpu, Precision.Auto);
        Assert.Equal(Autocast.HasFastBFloat16 && Autocast.IsAvailable(DeviceType.CPU), plan.BFloat16);
        Assert.Contains(plan.BFloat16 ? "bf16, which this hardware multiplies fast" : "fp32: no fast bf16 here", plan.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void Cuda_is_taken_or_refused_with_advice()
    {
        if (torch.cuda.is_available())
        {
            Assert.Equal(DeviceType.CUDA, ComputePlan.Decide(ComputeDevice.Cuda, Precision.Fp32).Device);
            return;
        }

        string message = Assert.Throws<BadInputException>(() => ComputePlan.Decide(ComputeDevice.Cuda, Precision.Auto)).Message;
        Assert.Contains("finds no CUDA device", message, StringComparison.Ordinal);
        Assert.Contains("TrainerOptions.Device = ComputeDevice.Cpu", message, StringComparison.Ordinal);
    }
}
