namespace ResNetGen.Architecture;

/// <summary>A convolution, alone or in one module with what so often stands around it.</summary>
/// <param name="Form">Alone, or with what.</param>
/// <param name="Channels">Output channels.</param>
public sealed record ConvSpec(ConvForm Form, int Channels) : LayerSpec
{
    /// <summary>Side of the kernel in pixels; 3 unless written.</summary>
    public int? Kernel { get; init; }

    /// <summary>Stride in pixels; 1 unless written.</summary>
    public int? Stride { get; init; }

    /// <summary>Groups of channels that do not see each other; 1 unless written.</summary>
    public int? Groups { get; init; }

    /// <summary>Distance in pixels between the taps of the kernel; 1 unless written.</summary>
    public int? Dilation { get; init; }

    /// <summary>Pixels added on each side; dilation × (kernel − 1) / 2 unless written.</summary>
    public int? Padding { get; init; }

    /// <summary>Whether it adds a bias a channel; unless written, where nothing normalises its output.</summary>
    public bool? Bias { get; init; }

    /// <inheritdoc/>
    public override string Attribute => Form.ToString();
}

/// <summary>What one module holds beside a convolution.</summary>
public enum ConvForm
{
    /// <summary>Nothing.</summary>
    Conv,

    /// <summary>Batch normalisation after it.</summary>
    ConvBatchNorm,

    /// <summary>Batch normalisation and ReLU after it.</summary>
    ConvBatchNormReLU,

    /// <summary>ReLU after it.</summary>
    ConvReLU,

    /// <summary>Batch normalisation and ReLU before it.</summary>
    BatchNormReLUConv,
}
