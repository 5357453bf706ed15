using System.Globalization;
using ResNetGen.Architecture;
using ResNetGen.Generators.Diagnostics;

namespace ResNetGen.Generators.Parsing;

/// <summary>What a network costs, where an editor shows it: on its name.</summary>
internal static class NetworkFacts
{
    // Weights, gradients and momentum of SGD, four bytes each.
    private const int BytesAParameter = 12;

    /// <summary>RNG0408.</summary>
    public static Finding Of(NetworkArchitecture network)
    {
        // The papers' batches: 128 on CIFAR, 256 on ImageNet.
        int batch = network.Input.Height <= 64 ? 128 : 256;
        double bytes = network.SavedActivationBytes(TrainingPrecision.Float32, batch) + (double)(network.ParameterCount * BytesAParameter);
        return new Finding(Descriptors.NetworkCosts, Place.Identifier,
        [
            network.Name, Count(network.ParameterCount), Count(network.MultiplyAdds), Count(network.WeightedLayers),
            (bytes / (1 << 30)).ToString("0.00", CultureInfo.InvariantCulture), Count(batch),
        ]);
    }

    private static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
