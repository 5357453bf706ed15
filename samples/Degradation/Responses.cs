using ResNetGen.Analyses;
using ResNetGen.Checkpoints;
using ResNetGen.Weights;
using static TorchSharp.torch;

namespace ResNetGen.Samples.Degradation;

/// <summary>
/// How strongly the layers of the trained networks respond (2015, figure 7): with shortcuts less, and the deeper the network the
/// less each of its layers changes the signal.
/// </summary>
internal static class Responses
{
    private const int Pictures = 1_000;

    /// <summary>Writes <c>responses.svg</c> of the networks that have a checkpoint.</summary>
    public static void Write(string folder, Cifar10 data, TextWriter output)
    {
        (string, LayerProfile)[] profiles =
        [
            .. Of<Plain20>("plain20", folder, data), .. Of<Plain56>("plain56", folder, data),
            .. Of<ResNet20>("resnet20", folder, data), .. Of<ResNet56>("resnet56", folder, data),
        ];
        if (profiles.Length > 0)
        {
            string picture = Path.Combine(folder, "responses.svg");
            Pages.Write(output, () =>
            {
                LayerFigure.Draw("Layer responses", profiles).Save(picture);
                return $"layer responses in {Path.GetFullPath(picture)}";
            });
        }
    }

    private static IEnumerable<(string, LayerProfile)> Of<TNetwork>(string name, string folder, Cifar10 data)
        where TNetwork : nn.Module<Tensor, Tensor>, INetwork<TNetwork>
    {
        CheckpointFolder checkpoints = new(Path.Combine(folder, name, "checkpoints"));
        if (checkpoints.FindLatestValid().Found is not { } newest)
        {
            yield break;
        }

        using TNetwork network = TNetwork.Create();
        LoadedWeights loaded = network.LoadWeights(newest.Path);
        if (loaded.Record?.Normalization is { } normalization)
        {
            yield return (name, LayerResponses.Measure(network, data.Test, normalization, Math.Min(Pictures, data.Test.Count)));
        }
    }
}
