using ResNetGen.Tests.Export;

namespace ResNetGen.Tests.Inference;

/// <summary>Networks of the papers' depths on small pictures.</summary>
internal static class PlannedNetworks
{
    public static IReadOnlyList<OnnxCase> All { get; } =
    [
        OnnxCase.Of<ResNet20>(), OnnxCase.Of<PlannedResNet18>(), OnnxCase.Of<PlannedResNet50>(), OnnxCase.Of<PlannedResNet110>(),
        OnnxCase.Of<PlannedPreAct56>(), OnnxCase.Of<PlannedPlain20>(), OnnxCase.Of<PlannedFunctions>(), OnnxCase.Of<PlannedOddWidth>(),
    ];
}

[CifarResNet(Depth = 20)]
public sealed partial class ResNet20;

[ResNet(Depth = 18, Height = 64, Width = 64, Classes = 10)]
public sealed partial class PlannedResNet18;

[ResNet(Depth = 50, Height = 64, Width = 64, Classes = 10)]
public sealed partial class PlannedResNet50;

[CifarResNet(Depth = 110, Shortcut = Shortcut.A)]
public sealed partial class PlannedResNet110;

[CifarResNet(Depth = 56, Unit = Unit.FullPreActivation)]
public sealed partial class PlannedPreAct56;

[CifarPlainNet(Depth = 20)]
public sealed partial class PlannedPlain20;

/// <summary>Sums whose terms are read again, of three terms and of one convolution's two readers; a stack; a last pool of vectors.</summary>
[Network(Height = 12, Width = 12)]
public sealed partial class PlannedFunctions
{
    [Conv(16)] public partial TorchSharp.Modules.Conv2d First { get; }

    [Conv(16)] public partial TorchSharp.Modules.Conv2d Second { get; }

    [Conv(16, From = nameof(First))] public partial TorchSharp.Modules.Conv2d Third { get; }

    [Join(Merge.Add, From = [nameof(First), nameof(Second), nameof(Third)])] public partial ResNetGen.Modules.Join Three { get; }

    [ReLU] public partial TorchSharp.Modules.ReLU Rectified { get; }

    [Join(Merge.Add, From = [nameof(First), nameof(Rectified)])] public partial ResNetGen.Modules.Join Two { get; }

    [Join(Merge.Concat, From = [nameof(Two), nameof(Rectified), nameof(Second)])] public partial ResNetGen.Modules.Join Stack { get; }

    [BatchNorm] public partial TorchSharp.Modules.BatchNorm2d Norm { get; }

    [MaxPool(2)] public partial TorchSharp.Modules.MaxPool2d Pool { get; }

    [Flatten] public partial TorchSharp.Modules.Flatten Flat { get; }

    [Linear(12)] public partial TorchSharp.Modules.Linear Hidden { get; }

    [ReLU] public partial TorchSharp.Modules.ReLU Hinge { get; }

    [Linear(10)] public partial TorchSharp.Modules.Linear Head { get; }
}

/// <summary>
/// A normalisation that no convolution takes in, over channels that fill no whole block of 16 or 8, and a convolution that reads the
/// block to its end.
/// </summary>
[Network(Height = 12, Width = 12)]
public sealed partial class PlannedOddWidth
{
    [Conv(12)] public partial TorchSharp.Modules.Conv2d First { get; }

    [MaxPool(2)] public partial TorchSharp.Modules.MaxPool2d Pool { get; }

    [BatchNorm] public partial TorchSharp.Modules.BatchNorm2d Norm { get; }

    [Conv(12)] public partial TorchSharp.Modules.Conv2d Last { get; }
}
