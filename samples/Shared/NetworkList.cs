using System.Globalization;
using ResNetGen.Architecture;

namespace ResNetGen.Samples;

/// <summary>What --list prints: a line a network, computed from the same architecture that the compiler saw.</summary>
internal static class NetworkList
{
    public static void Write<TDataset>(IReadOnlyList<NetworkEntry<TDataset>> networks, TextWriter output)
        where TDataset : class, IImageDataset<TDataset>
    {
        int width = networks.Max(static n => n.Name.Length);
        output.WriteLine($"{"network".PadRight(width)}  {"layers",6}  {"parameters",12}  {"multiply-adds",15}");
        foreach (NetworkEntry<TDataset> entry in networks)
        {
            NetworkArchitecture network = entry.Architecture();
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{entry.Name.PadRight(width)}  {network.WeightedLayers,6}  {network.ParameterCount,12:N0}  {network.MultiplyAdds,15:N0}"));
        }
    }
}
