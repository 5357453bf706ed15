using ResNetGen.Native;
using ResNetGen.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Evaluation;

/// <summary>Where a network stands and in which arithmetic it computes.</summary>
/// <param name="Device">The device of its weights.</param>
/// <param name="BFloat16">Whether convolutions and matrix products run in bfloat16.</param>
/// <param name="ChannelsLast">Whether feature maps are laid out channels last.</param>
internal sealed record Inference(Device Device, bool BFloat16, bool ChannelsLast)
{
    /// <summary>As a run computes.</summary>
    public static Inference Of(ComputePlan plan) => new(plan.TorchDevice, plan.BFloat16, plan.ChannelsLast);

    /// <summary>For a network where it stands.</summary>
    /// <param name="network">The network.</param>
    /// <param name="precision">The arithmetic that was asked for.</param>
    /// <exception cref="BadInputException">bfloat16 was asked for and is not there.</exception>
    public static Inference Of(nn.Module network, Precision precision)
    {
        Device device = network.parameters().FirstOrDefault()?.device ?? CPU;
        ComputePlan plan = ComputePlan.Decide(device.type == DeviceType.CUDA ? ComputeDevice.Cuda : ComputeDevice.Cpu, precision);
        return new Inference(device, plan.BFloat16, plan.ChannelsLast);
    }

    /// <summary>The network's output in fp32; autocast ends with the forward pass.</summary>
    /// <param name="network">The network.</param>
    /// <param name="images">Images on the network's device.</param>
    public Tensor Run(nn.Module<Tensor, Tensor> network, Tensor images)
    {
        Tensor output;
        using (BFloat16 ? Autocast.Enable(Device.type, ScalarType.BFloat16) : null)
        {
            output = network.call(images);
        }

        if (output.dtype == ScalarType.Float32)
        {
            return output;
        }

        using (output)
        {
            return output.to(ScalarType.Float32);
        }
    }
}
