using System.Globalization;
using ResNetGen.Architecture;
using ResNetGen.Data;

namespace ResNetGen.Samples.Classify;

/// <summary>How a picture becomes the network's input: resized, cut, normalised.</summary>
/// <param name="Geometry">The shorter side, and the centre of that.</param>
/// <param name="Normalization">As in training.</param>
internal sealed record Preparation(Geometry Geometry, Normalization Normalization)
{
    /// <summary>As the command line says it, else as the weights record it; null where neither does.</summary>
    /// <exception cref="BadInputException">There are more or fewer numbers than the network has channels.</exception>
    public static Normalization? NormalizationOf(LoadedNetwork network, ClassifyArguments wanted) =>
        wanted.Mean is { } mean && wanted.Deviation is { } deviation
            ? Given(network.Architecture.Input, mean, deviation)
            : network.Weights.Record?.Normalization;

    /// <exception cref="BadInputException">Nobody says how pictures are normalised.</exception>
    public static Preparation Of(LoadedNetwork network, ClassifyArguments wanted, Normalization? normalization)
    {
        Shape input = network.Architecture.Input;
        // Pictures of 224 are cut from the centre of 256 (8/7) in every paper since 2012; small ones are taken whole.
        int side = Math.Min(input.Height, input.Width);
        int shorter = wanted.Resize ?? (side >= 64 ? (int)Math.Round(side * 8 / 7.0) : Math.Max(input.Height, input.Width));
        if (normalization is null)
        {
            throw new BadInputException(
                $"{network.Weights.Path} does not say how pictures were normalised for it. Give what was subtracted and divided by, a number a channel on the scale 0 to 1: --mean 0.485,0.456,0.406 --std 0.229,0.224,0.225 is ImageNet's.");
        }

        return new Preparation(Geometry.CentreCrop(shorter), normalization);
    }

    private static Normalization Given(Shape input, double[] mean, double[] deviation) =>
        mean.Length == input.Channels && deviation.Length == input.Channels
            ? Normalization.PerChannel(input, mean, deviation)
            : throw new BadInputException(string.Create(CultureInfo.InvariantCulture,
                $"--mean and --std take a number a channel, {input.Channels} here; got {mean.Length} and {deviation.Length}."));
}
