namespace ResNetGen.Tests.Evaluation;

[Vgg(Depth = 11, Classes = 10)]
public partial class Vgg11;

/// <summary>Its last layer is made for pictures of 32×32.</summary>
[Network(Height = 32, Width = 32, Classes = 10)]
public sealed partial class Flattened
{
    [ConvReLU(4, Stride = 4)] public partial ResNetGen.Modules.ConvReLU Convolution { get; }

    [Flatten] public partial TorchSharp.Modules.Flatten Vector { get; }

    [Linear(10)] public partial TorchSharp.Modules.Linear Head { get; }
}
