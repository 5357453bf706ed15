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
    /// <summary>The entry of a network. The type argument is the registration: nothing is looked up at run time.</summary>
    public static NetworkEntry Of<TNetwork>(string name)
        where TNetwork : torch.nn.Module<torch.Tensor, torch.Tensor>, INetwork<TNetwork> =>
        new(name, static () => TNetwork.Architecture, Trainer.Fit<TNetwork, Cifar10>);
}
