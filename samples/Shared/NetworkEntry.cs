using ResNetGen.Architecture;
using ResNetGen.Training;
using TorchSharp;

namespace ResNetGen.Samples;

/// <summary>A network that the command line knows by name.</summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="Architecture">Its layers and costs, computed when asked for.</param>
/// <param name="Fit">Trains it.</param>
/// <typeparam name="TDataset">What it is trained on.</typeparam>
internal sealed record NetworkEntry<TDataset>(
    string Name,
    Func<NetworkArchitecture> Architecture,
    Func<Recipe, TrainerOptions, TDataset, TrainingResult> Fit)
    where TDataset : class, IImageDataset<TDataset>
{
    /// <summary>The entry of a network. The type argument is the registration: nothing is looked up at run time.</summary>
    public static NetworkEntry<TDataset> Of<TNetwork>(string name)
        where TNetwork : torch.nn.Module<torch.Tensor, torch.Tensor>, INetwork<TNetwork> =>
        new(name, static () => TNetwork.Architecture, Trainer.Fit<TNetwork, TDataset>);
}
