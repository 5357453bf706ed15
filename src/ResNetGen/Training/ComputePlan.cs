using ResNetGen.Distributed;
using ResNetGen.Native;
using TorchSharp;

namespace ResNetGen.Training;

/// <summary>Where a run computes and in which arithmetic: decided once, and able to say why.</summary>
public sealed record ComputePlan
{
    /// <summary>The device.</summary>
    public required DeviceType Device { get; init; }

    /// <summary>Which one of its kind: of several ranks on a machine with GPUs, each has its own.</summary>
    public int DeviceIndex { get; init; }

    /// <summary>The device as torch names it.</summary>
    public torch.Device TorchDevice => DeviceIndex == 0 ? torch.device(Device) : torch.device(Device, DeviceIndex);

    /// <summary>Whether convolutions and matrix products run in bfloat16.</summary>
    public required bool BFloat16 { get; init; }

    /// <summary>Whether feature maps are laid out channels last.</summary>
    public required bool ChannelsLast { get; init; }

    /// <summary>Threads that libtorch computes with on the CPU.</summary>
    public required int Threads { get; init; }

    /// <summary>The choice and its reason, for people.</summary>
    public required string Description { get; init; }

    /// <summary>For example "cpu, fp32, 2 threads": sums depend on it, so two sessions of one run should agree on it.</summary>
    public string Key => $"{Name(Device)}, {(BFloat16 ? "bf16" : "fp32")}"
        + (Device == DeviceType.CPU ? $", {Threads} thread{(Threads == 1 ? "" : "s")}" : "");

    /// <summary>Decides for the machine at hand.</summary>
    /// <param name="device">What the user asked for.</param>
    /// <param name="precision">What the user asked for.</param>
    /// <exception cref="BadInputException">CUDA or bfloat16 was asked for and is not there.</exception>
    public static ComputePlan Decide(ComputeDevice device, Precision precision) => Decide(device, precision, null);

    /// <summary>Decides for one of several processes: its own GPU, or its part of the processors.</summary>
    /// <param name="device">What the user asked for.</param>
    /// <param name="precision">What the user asked for.</param>
    /// <param name="ranks">Which one; null for a process by itself.</param>
    /// <exception cref="BadInputException">CUDA or bfloat16 was asked for and is not there, or there are fewer GPUs than processes.</exception>
    internal static ComputePlan Decide(ComputeDevice device, Precision precision, RankEnvironment? ranks)
    {
        bool cuda = device != ComputeDevice.Cpu && torch.cuda.is_available();
        if (device == ComputeDevice.Cuda && !cuda)
        {
            throw new BadInputException(
                "CUDA was asked for, but this libtorch finds no CUDA device. Use the CPU (TrainerOptions.Device = ComputeDevice.Cpu), or bring a libtorch "
                + "built with CUDA and check that nvidia-smi lists a GPU.");
        }

        int index = cuda && ranks is not null ? ranks.GpuOf(torch.cuda.device_count(), Environment.GetEnvironmentVariable("CUDA_VISIBLE_DEVICES")) : 0;
        DeviceType type = cuda ? DeviceType.CUDA : DeviceType.CPU;
        bool possible = Autocast.IsAvailable(type);
        if (precision == Precision.BFloat16 && !possible)
        {
            throw new BadInputException(
                $"bfloat16 was asked for, but autocast is not available on {Name(type)} here. Use TrainerOptions.Precision = Precision.Fp32.");
        }

        bool fast = possible && (cuda || Autocast.HasFastBFloat16);
        bool bfloat16 = precision == Precision.BFloat16 || (precision == Precision.Auto && fast);
        string why = (precision, bfloat16) switch
        {
            (Precision.Auto, true) => "bf16, which this hardware multiplies fast",
            (Precision.Auto, false) => "fp32: no fast bf16 here",
            (_, true) => "bf16, as asked for",
            _ => "fp32, as asked for",
        };
        if (cuda)
        {
            AllowTensorFloat(precision != Precision.Fp32);
        }

        int threads = UseThreads(ranks?.ShareOf(Environment.ProcessorCount) ?? Environment.ProcessorCount);
        string processes = $"{threads} thread{(threads == 1 ? "" : "s")}";
        if (ranks is not null && Ranks.Meets(ranks, cuda))
        {
            processes = FormattableString.Invariant($"{ranks.WorldSize} rank{(ranks.WorldSize == 1 ? "" : "s")} of {processes}, {Ranks.Backend(cuda)}, {ranks.StartedBy}");
        }

        return new ComputePlan
        {
            Device = type,
            DeviceIndex = index,
            Threads = threads,
            BFloat16 = bfloat16,
            ChannelsLast = MemoryFormat.IsAvailable,
            Description = $"{Name(type)}, {why}, {(MemoryFormat.IsAvailable ? "channels last" : "channels first")}, {processes}"
                + (FusedBatchNorm.IsAvailable ? "" : "; normalisation, addition and ReLU one by one: there is no operation for them together here"),
        };
    }

    /// <summary>
    /// TF32: products of fp32 numbers by their first 11 bits, in what autocast leaves in fp32. libtorch lets convolutions use it by
    /// itself; fp32 as asked for is fp32.
    /// </summary>
    private static void AllowTensorFloat(bool allow)
    {
        torch.backends.cuda.matmul.allow_tf32 = allow;
        torch.backends.cudnn.allow_tf32 = allow;
    }

    /// <summary>
    /// All processors, or this process's part of them, unless the user speaks through OMP_NUM_THREADS: within .NET libtorch may start with
    /// a single thread.
    /// </summary>
    private static int UseThreads(int processors)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("OMP_NUM_THREADS")))
        {
            torch.set_num_threads(processors);
        }

        return torch.get_num_threads();
    }

    /// <summary>Autocast for a forward pass, or nothing where the run is fp32.</summary>
    internal IDisposable? EnableAutocast() =>
        BFloat16 ? Autocast.Enable(Device, torch.ScalarType.BFloat16) : null;

    /// <summary>Lets several forward passes with the same weights cast them once; nothing where the run is fp32.</summary>
    internal IDisposable? KeepCasts() => BFloat16 ? Autocast.KeepCasts() : null;

    private static string Name(DeviceType device) => device == DeviceType.CUDA ? "cuda" : "cpu";
}
