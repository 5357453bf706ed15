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

/// <summary>The network in a training checkpoint of ours: <c>model.*</c>, or <c>ema.*</c>, without those names.</summary>
internal sealed class CheckpointWeights : IWeightFile
{
    private const string Model = "model.", Average = "ema.";

    private readonly SafetensorsReader _file;
    private readonly string _path, _prefix;

    private CheckpointWeights(SafetensorsReader file, string path, string prefix)
    {
        _file = file;
        _path = path;
        _prefix = prefix;
        Entries =
        [
            .. file.Entries.Where(entry => entry.Name.StartsWith(prefix, StringComparison.Ordinal))
                .Select(entry => new WeightEntry(entry.Name[prefix.Length..], entry.Dtype, entry.Shape)),
        ];
    }

    public IReadOnlyList<WeightEntry> Entries { get; }

    public bool IsAveraged => _prefix == Average;

    /// <summary>Takes the reader over.</summary>
    /// <exception cref="CheckpointException">The checkpoint is damaged.</exception>
    /// <exception cref="BadInputException">The average is wanted, and there is none.</exception>
    public static CheckpointWeights Of(SafetensorsReader file, string path, bool? averaged)
    {
        // Wrong weights must not pass for right ones: the checksum is compared first.
        CheckpointFile.Verify(path);
        bool hasAverage = file.Entries.Any(entry => entry.Name.StartsWith(Average, StringComparison.Ordinal));
        if (averaged == true && !hasAverage)
            throw new BadInputException($"{path} holds no running average of the weights: its run kept none. Leave LoadOptions.Averaged out.");
        return new CheckpointWeights(file, path, averaged != false && hasAverage ? Average : Model);
    }

    public WeightRecord? Record(Shape input) => RecordText.Read(_file.Metadata, isCheckpoint: true, input, _path);

    public Tensor Read(string name) => Safetensors.Read(_file, _file.Entry(_prefix + name));

    public void Dispose() => _file.Dispose();
}
