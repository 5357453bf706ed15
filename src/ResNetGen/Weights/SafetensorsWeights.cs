using ResNetGen.Architecture;
using ResNetGen.Checkpoints;
using static TorchSharp.torch;

namespace ResNetGen.Weights;

/// <summary>A safetensors file as a file of weights.</summary>
internal sealed class SafetensorsWeights(SafetensorsReader file, string path) : IWeightFile
{
    public IReadOnlyList<WeightEntry> Entries { get; } = [.. file.Entries.Select(entry => new WeightEntry(entry.Name, entry.Dtype, entry.Shape))];

    public WeightRecord? Record(Shape input) => RecordText.Read(file.Metadata, isCheckpoint: false, input, path);

    public Tensor Read(string name) => Safetensors.Read(file, file.Entry(name));

    public void Dispose() => file.Dispose();
}

/// <summary>
/// The network in a training checkpoint of ours: <c>model.*</c> without that name, and in its place <c>ema.*</c> where the average is
/// wanted. What is not averaged, such as a counter, is the same for both.
/// </summary>
internal sealed class CheckpointWeights : IWeightFile
{
    private readonly SafetensorsReader _file;
    private readonly string _path;
    private readonly Dictionary<string, SafetensorsEntry> _entries = new(StringComparer.Ordinal);

    private CheckpointWeights(SafetensorsReader file, string path, bool? averaged)
    {
        _file = file;
        _path = path;
        Take(CheckpointGroup.Model.Prefix);
        IsAveraged = averaged != false && Take(CheckpointGroup.Averages.Prefix) > 0;
        Entries = [.. _entries.Select(each => new WeightEntry(each.Key, each.Value.Dtype, each.Value.Shape))];
    }

    public IReadOnlyList<WeightEntry> Entries { get; }

    public bool IsAveraged { get; }

    /// <summary>Takes the reader over.</summary>
    /// <exception cref="CheckpointException">The checkpoint is damaged.</exception>
    /// <exception cref="BadInputException">The average is wanted, and there is none.</exception>
    public static CheckpointWeights Of(SafetensorsReader file, string path, bool? averaged)
    {
        // Wrong weights must not pass for right ones: the checksum is compared first.
        CheckpointFile.Verify(path);
        CheckpointWeights weights = new(file, path, averaged);
        return averaged != true || weights.IsAveraged
            ? weights
            : throw new BadInputException($"{path} holds no running average of the weights: its run kept none. Leave LoadOptions.Averaged out.");
    }

    public WeightRecord? Record(Shape input) => RecordText.Read(_file.Metadata, isCheckpoint: true, input, _path);

    public Tensor Read(string name) => Safetensors.Read(_file, _entries[name]);

    public void Dispose() => _file.Dispose();

    private int Take(string prefix)
    {
        int taken = 0;
        foreach (SafetensorsEntry entry in _file.Entries.Where(entry => entry.Name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            _entries[entry.Name[prefix.Length..]] = entry;
            taken++;
        }

        return taken;
    }
}
