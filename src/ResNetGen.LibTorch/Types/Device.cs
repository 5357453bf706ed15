using System.Globalization;

namespace TorchSharp;

public static partial class torch
{
    public class Device
    {
        public DeviceType type { get; }

        /// <summary>-1 where none was given: the current device of its type.</summary>
        public int index { get; } = -1;

        public Device(string description)
        {
            ArgumentNullException.ThrowIfNull(description);
            var colon = description.IndexOf(':', StringComparison.Ordinal);
            type = Parse(colon < 0 ? description : description[..colon], description);
            if (colon < 0) return;
            if (!int.TryParse(description.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                throw new FormatException($"A device is written as 'cpu', 'cuda' or 'cuda:0', got '{description}'.");
            index = number;
        }

        public Device(string deviceType, int index = -1)
        {
            ArgumentNullException.ThrowIfNull(deviceType);
            type = Parse(deviceType, deviceType);
            this.index = index;
        }

        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = index;
        }

        public Device(int index)
        {
            type = DeviceType.CUDA;
            this.index = index;
        }

        private static DeviceType Parse(string name, string whole)
            => Enum.TryParse<DeviceType>(name, ignoreCase: true, out var type) && !int.TryParse(name, out _)
                ? type
                : throw new ArgumentException($"A device is written as 'cpu', 'cuda' or 'cuda:0', got '{whole}'.");

        public override string ToString()
        {
            var name = type.ToString().ToLowerInvariant();
            return type == DeviceType.CPU || index == -1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}:{index}");
        }

        public static implicit operator Device(string description) => new(description);
    }
}
