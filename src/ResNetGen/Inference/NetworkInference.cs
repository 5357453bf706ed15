using ResNetGen.Architecture;
using ResNetGen.Native;
using ResNetGen.Planning;
using ResNetGen.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen;

/// <summary>Makes networks ready to run fast: <c>using InferencePlan plan = network.PrepareInference(new() { BatchSize = 8 });</c></summary>
public static class NetworkInference
{
    /// <summary>
    /// Plans the network as it is in evaluation mode, with a copy of its weights. On the CPU it runs through oneDNN where that is there, else,
    /// and on other devices, through TorchSharp's operations.
    /// </summary>
    /// <param name="network">The network, on the device where the plan is to compute, in either mode; it is not changed.</param>
    /// <param name="options">Batch size, arithmetic, threads; null for single images in fp32.</param>
    /// <typeparam name="TNetwork">The network class.</typeparam>
    /// <exception cref="ArgumentOutOfRangeException">The batch or the threads are fewer than 1.</exception>
    /// <exception cref="BadInputException">bfloat16 was asked for and is not there.</exception>
    /// <exception cref="InvalidOperationException">The module's tensors are not those of its architecture.</exception>
    public static InferencePlan PrepareInference<TNetwork>(this TNetwork network, InferenceOptions? options = null)
        where TNetwork : nn.Module<Tensor, Tensor>, INetwork<TNetwork> => PrepareInference(network, TNetwork.Architecture, options);

    /// <summary>Plans a module that an architecture describes: the layers are the architecture's, whatever the module's forward does.</summary>
    /// <param name="module">The module that has the weights.</param>
    /// <param name="architecture">The architecture.</param>
    /// <param name="options">Batch size, arithmetic, threads; null for single images in fp32.</param>
    /// <inheritdoc cref="PrepareInference{TNetwork}(TNetwork, InferenceOptions?)" path="/exception"/>
    public static InferencePlan PrepareInference(
        this nn.Module<Tensor, Tensor> module, NetworkArchitecture architecture, InferenceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(architecture);
        options ??= new InferenceOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BatchSize, 1, nameof(options.BatchSize));
        if (options.Threads is { } asked)
            ArgumentOutOfRangeException.ThrowIfLessThan(asked, 1, nameof(options.Threads));

        return Prepare(module, architecture, options, isFused: true);
    }

    /// <summary>Plans a module; for tests also without oneDNN.</summary>
    internal static InferencePlan Prepare(nn.Module<Tensor, Tensor> module, NetworkArchitecture architecture, InferenceOptions options, bool isFused)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        Device device = module.parameters().FirstOrDefault()?.device ?? CPU;
        ComputePlan compute = ComputePlan.Decide(device.type == DeviceType.CUDA ? ComputeDevice.Cuda : ComputeDevice.Cpu, options.Precision);
        OperationGraph graph = OperationGraph.Of(architecture, module.state_dict()).Fused();
        string arithmetic = compute.BFloat16 ? "bf16" : "fp32";
        string why = device.type == DeviceType.CPU ? "fused kernels were not asked for" : $"on {device}, fused kernels are the CPU's";
        if (isFused && device.type == DeviceType.CPU)
        {
            try
            {
                int threads = options.Threads ?? Threads(architecture, options.BatchSize, compute.Threads);
                FusedRunner fused = FusedRunner.Compile(graph, architecture.Output.IsVector, options.BatchSize, compute.BFloat16, threads, InferenceLayout.Blocked);
                return new InferencePlan(architecture, fused, options.BatchSize, $"{arithmetic}, {threads} thread{(threads == 1 ? "" : "s")}");
            }
            catch (NotSupportedException e)
            {
                why = e.Message;
            }
        }

        var portable = new PortableRunner(graph, architecture.Output.IsVector, compute.BFloat16, device, why);
        return new InferencePlan(architecture, portable, options.BatchSize, arithmetic);
    }

    // Handing an operation out to threads takes some microseconds, which a short one does not win back.
    private static int Threads(NetworkArchitecture architecture, int batch, int threads) =>
        architecture.MultiplyAdds * batch < ShortRun ? 1 : threads;

    private const long ShortRun = 10_000_000;
}
