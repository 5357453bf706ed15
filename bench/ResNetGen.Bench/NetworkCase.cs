using ResNetGen.Architecture;
using ResNetGen.Weights;
using static TorchSharp.torch;

namespace ResNetGen.Bench;

/// <summary>A network class by name: how it is made, described and filled.</summary>
internal sealed record NetworkCase(NetworkArchitecture Architecture, Func<nn.Module<Tensor, Tensor>> Create, Action<nn.Module<Tensor, Tensor>, string> Load)
{
    /// <summary>The network that <c>--network</c> names, in the form that <c>--recompute</c> asks for.</summary>
    public static NetworkCase Named(Options options, string otherwise = "") => (options.Text("network", otherwise), options.Text("recompute", "none")) switch
    {
        ("resnet20", "none") => Of<ResNet20>(),
        ("resnet20", "normalisation") => Of<ResNet20Normalising>(),
        ("resnet20", "block") => Of<ResNet20ByBlock>(),
        ("resnet110", "none") => Of<ResNet110>(),
        ("resnet110", "normalisation") => Of<ResNet110Normalising>(),
        ("resnet110", "block") => Of<ResNet110ByBlock>(),
        ("resnet50", "none") => Of<ResNet50>(),
        ("resnet50", "normalisation") => Of<ResNet50Normalising>(),
        ("resnet50", "block") => Of<ResNet50ByBlock>(),
        ("resnet152", "none") => Of<ResNet152>(),
        ("resnet152", "normalisation") => Of<ResNet152Normalising>(),
        ("resnet152", "block") => Of<ResNet152ByBlock>(),
        ("vgg16", "none") => Of<Vgg16>(),
        ("custom", "none") => Of<CustomNet>(),
        var (network, recompute) => throw new BadInputException(
            $"--network: expected resnet20, resnet110, resnet50 or resnet152 (with --recompute none, normalisation or block), vgg16 or custom (with none), "
            + $"found \"{network}\" with --recompute {recompute}."),
    };

    private static NetworkCase Of<TNetwork>()
        where TNetwork : nn.Module<Tensor, Tensor>, INetwork<TNetwork> => new(
            TNetwork.Architecture, TNetwork.Create, static (network, path) => ((TNetwork)network).LoadWeights(path));
}
