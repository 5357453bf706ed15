using ResNetGen.Architecture;
using ResNetGen.Weights;
using static TorchSharp.torch;

namespace ResNetGen.Bench;

/// <summary>A network class by name: how it is made, described and filled.</summary>
internal sealed record NetworkCase(NetworkArchitecture Architecture, Func<nn.Module<Tensor, Tensor>> Create, Action<nn.Module<Tensor, Tensor>, string> Load)
{
    /// <summary>The network of a name on the command line.</summary>
    public static NetworkCase Named(string name) => name switch
    {
        "resnet20" => Of<ResNet20>(),
        "resnet110" => Of<ResNet110>(),
        "resnet50" => Of<ResNet50>(),
        "resnet152" => Of<ResNet152>(),
        "vgg16" => Of<Vgg16>(),
        "custom" => Of<CustomNet>(),
        _ => throw new BadInputException($"There is no network \"{name}\"; there are resnet20, resnet110, resnet50, resnet152, vgg16 and custom."),
    };

    private static NetworkCase Of<TNetwork>()
        where TNetwork : nn.Module<Tensor, Tensor>, INetwork<TNetwork> => new(
            TNetwork.Architecture, TNetwork.Create, static (network, path) => ((TNetwork)network).LoadWeights(path));
}
