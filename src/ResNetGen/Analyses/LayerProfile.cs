using System.Globalization;
using System.Text;
using ResNetGen.Training;
using ResNetGen.Weights;

namespace ResNetGen.Analyses;

/// <summary>A number for each of a network's layers, in the layers' order: what a figure of the papers draws.</summary>
public sealed record LayerProfile
{
    /// <summary>The network.</summary>
    public required string Network { get; init; }

    /// <summary>What the numbers are, for the axis of a figure, such as "standard deviation of the response".</summary>
    public required string Quantity { get; init; }

    /// <summary>Images that were looked at.</summary>
    public required long Images { get; init; }

    /// <summary>The layers from the input to the output.</summary>
    public required IReadOnlyList<LayerValue> Layers { get; init; }

    /// <summary>The layers by their numbers, greatest first: the lower half of He et al. 2015, figure 7.</summary>
    public IReadOnlyList<LayerValue> ByMagnitude() => [.. Layers.OrderByDescending(static layer => layer.Value)];

    /// <summary>As JSON: <c>network</c>, <c>quantity</c>, <c>images</c> and <c>layers</c>, objects with <c>layer</c> and <c>value</c>.</summary>
    public string ToJson() => JsonText.Indented(writer =>
    {
        writer.WriteString("network", Network);
        writer.WriteString("quantity", Quantity);
        writer.WriteNumber("images", Images);
        writer.WriteStartArray("layers");
        foreach ((string layer, double value) in Layers)
        {
            writer.WriteStartObject();
            writer.WriteString("layer", layer);
            writer.WriteNumber("value", value);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    /// <summary>As CSV: a line for the column names, then <c>index,layer,value</c> with indices from 1, in the layers' order.</summary>
    public string ToCsv()
    {
        StringBuilder text = new("index,layer,value\n");
        for (int i = 0; i < Layers.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{i + 1},{Layers[i].Layer},{Layers[i].Value:R}\n");
        }

        return text.ToString();
    }

    /// <summary>Writes it to a file, as CSV where the name ends in <c>.csv</c>, else as JSON. The file appears whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="BadInputException">The file cannot be written.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.WriteText(path, path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? ToCsv() : ToJson());
    }
}
