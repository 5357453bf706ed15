using TorchSharp;

namespace ResNetGen.Native;

/// <summary>Memory of an accelerator, as torch's allocator counts it.</summary>
public static class DeviceMemory
{
    /// <summary>
    /// Bytes that tensors hold on <paramref name="device"/>, and bytes that torch's allocator has taken from it to give out.
    /// Null for the CPU, whose allocator keeps no such totals (there is <see cref="ProcessMemory"/>), and with the official
    /// TorchSharp packages, which have no way to ask.
    /// </summary>
    /// <param name="device">The device.</param>
    /// <exception cref="System.Runtime.InteropServices.ExternalException">The device gives nothing any more, not even the one element that the question needs.</exception>
    public static (long Allocated, long Reserved)? Held(torch.Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        if (device.type == DeviceType.CPU || !NativeMethods.IsAvailable)
        {
            return null;
        }

        // A tensor says which of several devices; it does not count in the totals beyond its own block of 512 bytes.
        using torch.Tensor place = torch.empty(1, dtype: torch.ScalarType.Byte, device: device);
        return NativeMethods.rn_device_memory(place.Handle, out long allocated, out long reserved) == 0
            ? throw NativeMethods.Error()
            : (allocated, reserved);
    }
}
