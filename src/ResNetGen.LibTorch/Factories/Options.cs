using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>What a factory's optional arguments mean, in the numbers that cross to native code.</summary>
internal readonly ref struct Options
{
    internal readonly int Type;
    internal readonly int DeviceType;
    internal readonly int DeviceIndex;
    internal readonly int RequiresGrad;

    private Options(ScalarType? dtype, int deviceType, int deviceIndex, bool requiresGrad)
        => (Type, DeviceType, DeviceIndex, RequiresGrad) = (dtype is { } type ? (int)type : -1, deviceType, deviceIndex, requiresGrad ? 1 : 0);

    /// <summary>Absent values mean the defaults of the process.</summary>
    internal static Options Of(ScalarType? dtype, Device? device, bool requiresGrad)
    {
        device = device is null ? get_default_device() : InitializeDevice(device);
        return new Options(dtype, (int)device.type, device.index, requiresGrad);
    }

    /// <summary>Absent values mean those of a model tensor.</summary>
    internal static Options Like(ScalarType? dtype, Device? device, bool requiresGrad)
    {
        if (device is null) return new Options(dtype, -1, -1, requiresGrad);
        InitializeDevice(device);
        return new Options(dtype, (int)device.type, device.index, requiresGrad);
    }
}

internal static class FactoryExtensions
{
    internal static int AsNative(this ScalarType? dtype) => dtype is { } type ? (int)type : -1;

    internal static Tensor WithNames(this Tensor tensor, string[]? names)
    {
        if (names is null || names.Length == 0) return tensor;
        using (tensor) return NativeMethods.rt_rename(tensor, string.Join('\n', names));
    }
}
