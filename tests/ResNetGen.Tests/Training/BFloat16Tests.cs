using ResNetGen.Native;
using ResNetGen.Training;
using TorchSharp;

namespace ResNetGen.Tests.Training;

public sealed class BFloat16Tests : TinyRuns
{
    [Fact]
    public void Bf16_trains_resumes_and_keeps_fp32_weights_or_is_refused()
    {
        if (!Autocast.IsAvailable(DeviceType.CPU))
        {
            Assert.Contains("Use TrainerOptions.Precision = Precision.Fp32", Assert.Throws<BadInputException>(() => Fit("run", change: Short)).Message, StringComparison.Ordinal);
            return;
        }

        Fit("undisturbed", change: Short);
        Fit("resumed", new Recorder { StopAt = 2 }, change: Short);
        Recorder second = new();
        Fit("resumed", second, resume: true, change: Short);
        Assert.True(second.Run!.Compute.BFloat16);
        Assert.Equal(Tensors("undisturbed"), Tensors("resumed"));
        Fit("fp32", change: static o => o with { LimitBatches = 1 });
        Assert.Equal(Tensors("fp32")["model.conv1.weight"].Length, Tensors("resumed")["model.conv1.weight"].Length);
        Assert.NotEqual(Tensors("fp32")["model.conv1.weight"], Tensors("resumed")["model.conv1.weight"]);

        static TrainerOptions Short(TrainerOptions options) => options with { Precision = Precision.BFloat16, LimitBatches = 1 };
    }

    [Fact]
    public void Going_on_in_another_arithmetic_is_allowed_and_noted()
    {
        if (!Autocast.IsAvailable(DeviceType.CPU))
        {
            Assert.Throws<BadInputException>(() => ComputePlan.Decide(ComputeDevice.Cpu, Precision.BFloat16));
            return;
        }

        Fit("run", new Recorder { StopAt = 2 });
        Recorder second = new() { StopAt = 3 };
        Fit("run", second, resume: true, change: static o => o with { Precision = Precision.BFloat16 });
        Assert.Contains(second.Run!.Notes, static note =>
            note.StartsWith("the run was on cpu, fp32, ", StringComparison.Ordinal) && note.Contains(" and goes on with cpu, bf16, ", StringComparison.Ordinal));
    }
}
