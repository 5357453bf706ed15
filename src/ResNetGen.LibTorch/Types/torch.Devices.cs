using static TorchSharp.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    private static Device? s_cuda;
    private static Device? s_mps;
    private static Device s_defaultDevice = new(DeviceType.CPU);

    public static readonly Device CPU = new(DeviceType.CPU);

    public static readonly Device META = new(DeviceType.META);

    public static Device CUDA => s_cuda ??= InitializeDevice(new Device(DeviceType.CUDA));

    public static Device MPS => s_mps ??= InitializeDevice(new Device(DeviceType.MPS));

    public static Device device(string description) => InitializeDevice(new Device(description));

    public static Device device(string deviceType, int index = -1) => InitializeDevice(new Device(deviceType, index));

    public static Device device(DeviceType deviceType, int index = -1) => InitializeDevice(new Device(deviceType, index));

    public static Device device(int index) => new(DeviceType.CUDA, index);

    public static Device get_default_device() => s_defaultDevice;

    public static void set_default_device(Device device) => s_defaultDevice = InitializeDevice(device);

    public static void set_default_device(string device) => set_default_device(new Device(device));

    public static bool TryInitializeDeviceType(DeviceType deviceType) => deviceType != DeviceType.CUDA || cuda.is_available();

    public static void InitializeDeviceType(DeviceType deviceType)
    {
        if (!TryInitializeDeviceType(deviceType))
        {
            throw new InvalidOperationException(
                $"Torch device type {deviceType} did not initialise on the current machine: libtorch {__version__} "
                + "has no CUDA here, or the driver shows no device. torch.cuda.is_available() tells beforehand.");
        }
    }

    public static Device InitializeDevice(Device? device)
    {
        device ??= get_default_device();
        InitializeDeviceType(device.type);
        return device;
    }

    public static bool cuda_is_available() => cuda.is_available();

    public static string __version__ => NativeMethods.Version;

    /// <summary>Errors arrive as exceptions of the call that failed, so there is never one left to look for.</summary>
    public static void CheckForErrors()
    {
    }

    public static partial class cuda
    {
        public static bool is_available() => rt_cuda_is_available() != 0;

        public static bool is_cudnn_available() => rt_cudnn_is_available() != 0;

        public static int device_count() => rt_cuda_device_count();

        public static void manual_seed(long seed) => Check(rt_cuda_manual_seed(seed, 0));

        public static void manual_seed_all(long seed) => Check(rt_cuda_manual_seed(seed, 1));

        public static void synchronize(Device? device = null) => Check(rt_cuda_synchronize(device?.index ?? -1));
    }
}
