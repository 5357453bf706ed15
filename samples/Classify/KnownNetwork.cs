using ResNetGen.Architecture;
using ResNetGen.Export;
using ResNetGen.Weights;
using static TorchSharp.torch;

namespace ResNetGen.Samples.Classify;

/// <summary>A network that this program can make.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Architecture">Its layers, computed when asked for.</param>
/// <param name="Load">Makes it with the weights of a file.</param>
internal sealed record KnownNetwork(string Name, Func<NetworkArchitecture> Architecture, Func<string, LoadedNetwork> Load)
{
    /// <summary>All of them: torchvision's by its names, and those that <c>./build.sh train</c> trains.</summary>
    public static IReadOnlyList<KnownNetwork> All { get; } =
    [
        Of<ResNet18>("resnet18"), Of<ResNet34>("resnet34"), Of<ResNet50>("resnet50"), Of<ResNet101>("resnet101"), Of<ResNet152>("resnet152"),
        Of<ResNeXt50>("resnext50_32x4d"), Of<WideResNet50>("wide_resnet50_2"), Of<Vgg16>("vgg16"), Of<Vgg16BatchNorm>("vgg16_bn"),
        Of<PaperResNet50>("resnet50-paper"), Of<PaperResNet101>("resnet101-paper"), Of<PaperResNet152>("resnet152-paper"),
        Of<ResNet20>("resnet20"), Of<ResNet32>("resnet32"), Of<ResNet44>("resnet44"), Of<ResNet56>("resnet56"), Of<ResNet110>("resnet110"),
        Of<Samples.ResNet18>("resnet18-cifar"), Of<PreActResNet110>("preact110"), Of<PreActResNet164>("preact164"),
        Of<Plain20>("plain20"), Of<Plain32>("plain32"), Of<Plain44>("plain44"), Of<Plain56>("plain56"), Of<Plain110>("plain110"),
    ];

    // The type argument is the registration: nothing is looked up at run time.
    private static KnownNetwork Of<TNetwork>(string name)
        where TNetwork : nn.Module<Tensor, Tensor>, INetwork<TNetwork> =>
        new(name, static () => TNetwork.Architecture, LoadedNetwork.From<TNetwork>);
}

/// <summary>A network with weights, in evaluation mode.</summary>
internal sealed class LoadedNetwork : IDisposable
{
    private readonly nn.Module<Tensor, Tensor> _module;
    private InferencePlan? _plan;

    private LoadedNetwork(nn.Module<Tensor, Tensor> module, NetworkArchitecture architecture, LoadedWeights weights) =>
        (_module, Architecture, Weights) = (module, architecture, weights);

    /// <summary>Its layers.</summary>
    public NetworkArchitecture Architecture { get; }

    /// <summary>What was loaded, and what is known of it.</summary>
    public LoadedWeights Weights { get; }

    public static LoadedNetwork From<TNetwork>(string path)
        where TNetwork : nn.Module<Tensor, Tensor>, INetwork<TNetwork>
    {
        TNetwork network = TNetwork.Create();
        try
        {
            LoadedWeights weights = network.LoadWeights(path);
            network.eval();
            return new LoadedNetwork(network, TNetwork.Architecture, weights);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>Makes ready for many pictures: planning takes as long as some of them, and each is faster then.</summary>
    public void Prepare() => _plan ??= _module.PrepareInference(Architecture);

    /// <summary>The probabilities of the classes of one picture.</summary>
    /// <param name="picture">The picture, 1 × C × H × W, prepared.</param>
    public float[] Classify(Tensor picture)
    {
        using var scope = NewDisposeScope();
        using IDisposable evaluation = no_grad();
        return nn.functional.softmax(_plan?.Run(picture) ?? _module.call(picture), 1).data<float>().ToArray();
    }

    /// <summary>Writes the network as ONNX.</summary>
    public void Export(string path, OnnxExportOptions options) => _module.ExportOnnx(Architecture, path, options);

    public void Dispose()
    {
        _plan?.Dispose();
        _module.Dispose();
    }
}
