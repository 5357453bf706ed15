namespace ResNetGen.Samples;

/// <summary>The networks that the command line knows by name.</summary>
internal static class NetworkEntries
{
    /// <summary>All of them, in the order in which they are listed.</summary>
    public static IReadOnlyList<NetworkEntry<Cifar10>> All { get; } =
    [
        NetworkEntry<Cifar10>.Of<ResNet20>("resnet20"), NetworkEntry<Cifar10>.Of<ResNet32>("resnet32"), NetworkEntry<Cifar10>.Of<ResNet44>("resnet44"),
        NetworkEntry<Cifar10>.Of<ResNet56>("resnet56"), NetworkEntry<Cifar10>.Of<ResNet110>("resnet110"), NetworkEntry<Cifar10>.Of<ResNet18>("resnet18"),
        NetworkEntry<Cifar10>.Of<PreActResNet110>("preact110"), NetworkEntry<Cifar10>.Of<PreActResNet164>("preact164"),
        NetworkEntry<Cifar10>.Of<Plain20>("plain20"), NetworkEntry<Cifar10>.Of<Plain32>("plain32"), NetworkEntry<Cifar10>.Of<Plain44>("plain44"),
        NetworkEntry<Cifar10>.Of<Plain56>("plain56"), NetworkEntry<Cifar10>.Of<Plain110>("plain110"),
    ];
}
