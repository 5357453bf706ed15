using System.Globalization;
using ResNetGen.Architecture.Layers;

namespace ResNetGen.Architecture;

/// <summary>The lines under the table: each figure with the name of the convention that it follows.</summary>
internal static class SummaryTotals
{
    public static string Of(NetworkArchitecture network)
    {
        (string Name, string Figure, string Convention)[] lines = [.. Lines(network)];
        int names = lines.Max(line => line.Name.Length), figures = lines.Max(line => line.Figure.Length);
        return string.Concat(lines.Select(line =>
            $"{line.Name.PadRight(names)}  {line.Figure.PadLeft(figures)}  {line.Convention}".TrimEnd() + "\n"));
    }

    private static IEnumerable<(string Name, string Figure, string Convention)> Lines(NetworkArchitecture network)
    {
        yield return ("parameters", Count(network.ParameterCount), "trainable; a line with × n counts all n, those below it one");
        yield return ("multiply-adds", Count(network.MultiplyAdds), "convolution + linear, an image: the papers' FLOPs, torchvision's GFLOPS");
        yield return ("  with norm and activation", Count(network.MultiplyAddsWithNormAndActivation), "ptflops' MACs: + 2 an element normalised, 1 activated or pooled, biases");
        yield return ("FLOPs", Count(network.Flops), "2 × multiply-adds");
        yield return ("buffers", Count(network.BufferCount), "running means and variances");
        yield return ("state_dict entries", Count(network.StateDictEntries), "parameters, buffers and batch counters");
        if (network.ReceptiveField is { } field)
            yield return ("receptive field", Count(field.Size), FormattableString.Invariant($"pixels, of the last map, stride {field.Stride}; padding counts (column field: size/stride)"));

        yield return ("kept for backward, fp32", Kept(network, TrainingPrecision.Float32), $"an image (column kept), and once a batch: what autograd saves in torch{Choice(network)}");
        yield return ("kept for backward, bf16", Kept(network, TrainingPrecision.BFloat16), "the same under autocast, casts of linear layers' weights once a batch");
        foreach (Recompute choice in Choices(network))
            yield return ($"  if Recompute = {choice}", Kept(network, TrainingPrecision.Float32, choice),
                $"in fp32; {Kept(network, TrainingPrecision.BFloat16, choice)} in bf16");
    }

    // Those that the network has not taken and that would find something to compute again.
    private static IEnumerable<Recompute> Choices(NetworkArchitecture network) =>
        new[] { Recompute.None, Recompute.Normalisation, Recompute.Block }
            .Where(choice => choice != network.Recompute && Recomputation.IsIn(network.Root, network.Input, choice));

    private static string Choice(NetworkArchitecture network) =>
        network.Recompute == Recompute.None ? "" : $"; Recompute = {network.Recompute}";

    private static string Kept(NetworkArchitecture network, TrainingPrecision precision) => Kept(network, precision, network.Recompute);

    private static string Kept(NetworkArchitecture network, TrainingPrecision precision, Recompute recompute)
    {
        long one = network.SavedActivationBytes(precision, 1, recompute), image = network.SavedActivationBytes(precision, 2, recompute) - one;
        return string.Format(CultureInfo.InvariantCulture, "{0:N2} + {1:N2} MiB", image / 1048576.0, (one - image) / 1048576.0);
    }

    private static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
