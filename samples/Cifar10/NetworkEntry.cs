using ResNetGen.Architecture;
using ResNetGen.Training;
using TorchSharp;

namespace ResNetGen.Samples;

/// <summary>A network that the command line knows by name.</summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="Architecture">Its layers and costs, computed when asked for.</param>
/// <param name="Fit">Trains it.</param>
internal sealed record NetworkEntry(
    string Name,
    Func<NetworkArchitecture> Architecture,
    Func<Recipe, TrainerOptions, Cifar10, TrainingResult> Fit)
{
    /// <summary>All networks, in the order in which they are listed.</summary>
    public static IReadOnlyList<NetworkEntry> All { get; } =
    [
        Of<ResNet20>("resnet20"), Of<ResNet32>("resnet32"), Of<ResNet44>("resnet44"), Of<ResNet56>("resnet56"),
        Of<ResNet110>("resnet110"), Of<ResNet18>("resnet18"),
        Of<PreActResNet110>("preact110"), Of<PreActResNet164>("preact164"),
        Of<Plain20>("plain20"), Of<Plain32>("plain32"), Of<Plain44>("plain44"), Of<Plain56>("plain56"),
        Of<Plain110>("plain110"),
    ];

    // The type argument is the registration: the compiler binds each entry, and nothing is looked up at run time.
    private static NetworkEntry Of<TNetwork>(string name)
        where TNetwork : torch.nn.Module<torch.Tensor, torch.Tensor>, INetwork<TNetwork> =>
        new(name, static () => TNetwork.Architecture, Trainer.Fit<TNetwork, Cifar10>);
}
