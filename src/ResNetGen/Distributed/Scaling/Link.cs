namespace ResNetGen.Distributed.Scaling;

/// <summary>A connection between processes: what a ring of them sends through in one direction.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="BytesPerSecond">Bytes a second in one direction, as its standard has it or as it was measured.</param>
/// <param name="Latency">Seconds from one process to the next beside those.</param>
public sealed record Link(string Name, double BytesPerSecond, double Latency)
{
    // Rates are those of the standards, in one direction: 900 and 600 GB/s are what NVIDIA states for both directions of a GPU's NVLink
    // together; PCI Express 4.0 and 5.0 make 16 and 32 GT/s a lane, 128 of 130 bits data, 16 lanes. Latencies are assumptions.

    /// <summary>NVLink of the fourth generation (H100, H200): 450 GB/s.</summary>
    public static Link NVLink4 { get; } = new("NVLink 4", 450e9, 5e-6);

    /// <summary>NVLink of the third generation (A100): 300 GB/s.</summary>
    public static Link NVLink3 { get; } = new("NVLink 3", 300e9, 5e-6);

    /// <summary>PCI Express 5.0, 16 lanes: 63 GB/s.</summary>
    public static Link Pcie5 { get; } = new("PCIe 5.0 x16", 16 * 32e9 / 8 * 128 / 130, 10e-6);

    /// <summary>PCI Express 4.0, 16 lanes: 31.5 GB/s.</summary>
    public static Link Pcie4 { get; } = new("PCIe 4.0 x16", 16 * 16e9 / 8 * 128 / 130, 10e-6);

    /// <summary>A network of some gigabits a second between machines.</summary>
    public static Link Network(double gigabits) => new(FormattableString.Invariant($"{gigabits:0.##} Gb/s"), gigabits * 1e9 / 8, 30e-6);
}
