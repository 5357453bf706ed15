namespace ResNetGen.Tests.Export;

// What the small networks of the other tests do not have.

/// <summary>No head: the output is a feature map.</summary>
[CifarResNet(Depth = 8, Classes = 0)]
public sealed partial class Backbone;

[CifarResNet(Depth = 8, Skip = Skip.Dropout)]
public sealed partial class DroppedSkips;

[CifarResNet(Depth = 14), DropPath(0.2)]
public sealed partial class DroppedPaths;

/// <summary>A convolution whose output is read with and without its normalisation; and names that the graph has for itself.</summary>
[Network(Height = 8, Width = 8)]
public sealed partial class Parting
{
    [Conv(4, Bias = true)] public partial TorchSharp.Modules.Conv2d Shared { get; }

    [BatchNorm] public partial TorchSharp.Modules.BatchNorm2d Norm { get; }

    [Join(Merge.Add, From = [nameof(Shared), nameof(Norm)])] public partial ResNetGen.Modules.Join Input { get; }

    [ReLU] public partial TorchSharp.Modules.ReLU Logits { get; }

    [GlobalAvgPool] public partial ResNetGen.Modules.GlobalAvgPool Pool { get; }

    [Dropout(0.5)] public partial TorchSharp.Modules.Dropout Last { get; }
}
