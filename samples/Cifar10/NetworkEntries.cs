namespace ResNetGen.Samples;

/// <summary>The networks that the command line knows by name.</summary>
internal static class NetworkEntries
{
    /// <summary>All of them, in the order in which they are listed.</summary>
    public static IReadOnlyList<NetworkEntry> All { get; } =
    [
        NetworkEntry.Of<ResNet20>("resnet20"), NetworkEntry.Of<ResNet32>("resnet32"), NetworkEntry.Of<ResNet44>("resnet44"),
        NetworkEntry.Of<ResNet56>("resnet56"), NetworkEntry.Of<ResNet110>("resnet110"), NetworkEntry.Of<ResNet18>("resnet18"),
        NetworkEntry.Of<PreActResNet110>("preact110"), NetworkEntry.Of<PreActResNet164>("preact164"),
        NetworkEntry.Of<Plain20>("plain20"), NetworkEntry.Of<Plain32>("plain32"), NetworkEntry.Of<Plain44>("plain44"),
        NetworkEntry.Of<Plain56>("plain56"), NetworkEntry.Of<Plain110>("plain110"),
    ];
}
