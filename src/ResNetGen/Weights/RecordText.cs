using System.Text.Json;
using ResNetGen.Architecture;

namespace ResNetGen.Weights;

/// <summary>
/// A record as metadata of a safetensors file, which is text by key, and back. <c>format = pt</c> is what other libraries look for:
/// keys and layouts are PyTorch's.
/// </summary>
internal static class RecordText
{
    /// <summary>The key of the record's version.</summary>
    public const string VersionKey = "resnetgen.weights";

    private const string Version = "1";
    private const string NetworkKey = "network", ArchitectureKey = "architecture", ClassNamesKey = "class_names";

    public static Dictionary<string, string> Write(WeightRecord record)
    {
        Dictionary<string, string> metadata = new(StringComparer.Ordinal)
        {
            ["format"] = "pt",
            [VersionKey] = Version,
            [NetworkKey] = record.Network,
            [ArchitectureKey] = record.Architecture,
        };
        if (record.Normalization is { } normalization)
            NormalizationText.Write(normalization, metadata);
        if (record.ClassNames.Count > 0)
            metadata[ClassNamesKey] = JsonSerializer.Serialize(record.ClassNames, WeightsJson.Default.IReadOnlyListString);
        return metadata;
    }

    /// <summary>The record, or null where the file has none: whoever wrote it knew nothing of records.</summary>
    /// <param name="metadata">The file's metadata.</param>
    /// <param name="isCheckpoint">Whether the file is a training checkpoint, which names its network in the same words.</param>
    /// <param name="input">The picture that a mean and deviation by channel are spread over.</param>
    /// <param name="file">What messages call the file.</param>
    /// <exception cref="SafetensorsException">The record is malformed.</exception>
    public static WeightRecord? Read(IReadOnlyDictionary<string, string> metadata, bool isCheckpoint, Shape input, string file)
    {
        if (!isCheckpoint)
        {
            if (!metadata.TryGetValue(VersionKey, out string? version))
                return null;
            if (version != Version)
                throw new SafetensorsException(file, $"its record is of version \"{Shown.Of(version)}\"; this program reads version {Version}.");
        }

        string Get(string key) => metadata.TryGetValue(key, out string? value) ? value : throw new SafetensorsException(file, $"its record has no \"{key}\".");
        return new WeightRecord
        {
            Network = Shown.Of(Get(NetworkKey)),
            Architecture = Get(ArchitectureKey),
            Normalization = NormalizationText.Read(metadata, input, file),
            ClassNames = Names(metadata, file),
        };
    }

    private static IReadOnlyList<string> Names(IReadOnlyDictionary<string, string> metadata, string file)
    {
        if (!metadata.TryGetValue(ClassNamesKey, out string? text))
            return [];
        try
        {
            if (JsonSerializer.Deserialize(text, WeightsJson.Default.IReadOnlyListString) is { } names && names.All(name => name is not null))
                return names;
        }
        catch (JsonException)
        {
            // Said below.
        }

        throw new SafetensorsException(file, $"its record gives no list of names as \"{ClassNamesKey}\".");
    }
}

/// <summary>Lists of names to and from JSON, without reflection.</summary>
[System.Text.Json.Serialization.JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class WeightsJson : System.Text.Json.Serialization.JsonSerializerContext;
