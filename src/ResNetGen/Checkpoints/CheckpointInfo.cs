using System.Globalization;
using ResNetGen.Weights;

namespace ResNetGen.Checkpoints;

/// <summary>What a checkpoint says of itself, without its tensors.</summary>
/// <param name="Path">The file.</param>
/// <param name="Identity">What run it is of.</param>
/// <param name="Position">How far that run had come.</param>
/// <param name="Extra">Whatever else the trainer kept, as text.</param>
public sealed record CheckpointInfo(string Path, RunIdentity Identity, TrainingPosition Position, IReadOnlyDictionary<string, string> Extra)
{
    internal const string Format = "resnetgen.checkpoint";
    internal const string Version = "2";
    private const string ExtraPrefix = "extra.";
    private const string TestErrorKey = "test_error";
    private const string TestErrorOfKey = "test_error_of";

    /// <summary>Test error of the weights of this very iteration, 0 to 1; null where they were not evaluated.</summary>
    public double? TestError { get; init; }

    /// <summary>
    /// Which weights <see cref="TestError"/> is of, by the first part of their names in the file: <c>model</c>, or <c>ema</c> for the
    /// moving average (with the model's buffers). Null where there is no test error, or the file does not say.
    /// </summary>
    public string? TestErrorOf { get; init; }

    /// <summary>The metadata that a file gets, but for its checksum.</summary>
    internal static Dictionary<string, string> ToMetadata(TrainingState state)
    {
        (RunIdentity identity, TrainingPosition position) = (state.Identity, state.Position);
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["format"] = Format,
            ["version"] = Version,
            ["network"] = identity.Network,
            ["architecture"] = identity.Architecture,
            ["weighted_layers"] = Text(identity.WeightedLayers),
            ["dataset"] = identity.Dataset,
            ["dataset_fingerprint"] = identity.DatasetFingerprint,
            ["test_fingerprint"] = identity.TestFingerprint,
            ["seed"] = Text(identity.Seed),
            ["batch_size"] = Text(identity.BatchSize),
            ["recipe"] = identity.Recipe,
            ["iteration"] = Text(position.Iteration),
            ["epoch"] = Text(position.Epoch),
            ["iteration_in_epoch"] = Text(position.IterationInEpoch),
            ["images_seen"] = Text(position.ImagesSeen),
        };
        if (state.TestError is { } error) metadata.Add(TestErrorKey, error.ToString("R", CultureInfo.InvariantCulture));
        if (state is { TestError: not null, TestErrorOf: { } weights }) metadata.Add(TestErrorOfKey, weights);
        foreach ((string key, string value) in state.Extra) metadata.Add(ExtraPrefix + key, value);
        return metadata;
    }

    internal static CheckpointInfo FromMetadata(string path, IReadOnlyDictionary<string, string> metadata)
    {
        string Get(string key) => metadata.TryGetValue(key, out string? value)
            ? value
            : throw new CheckpointException(path, $"its metadata has no \"{key}\".");
        long Number(string key, long most) =>
            long.TryParse(Get(key), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) && value <= most
                ? value
                : throw new CheckpointException(path, $"its metadata gives \"{Get(key)}\" for {key}; expected a whole number.");
        long Count(string key, long most) => Number(key, most) is >= 0 and var value
            ? value
            : throw new CheckpointException(path, $"its metadata gives \"{Get(key)}\" for {key}; expected 0 or more.");

        if (Get("format") != Format) throw new CheckpointException(path, $"its format is \"{Get("format")}\"; expected \"{Format}\".");
        if (Get("version") != Version) throw new CheckpointException(path, $"its version is {Get("version")}; this program reads version {Version}.");
        var identity = new RunIdentity
        {
            Network = Get("network"),
            Architecture = Get("architecture"),
            WeightedLayers = (int)Count("weighted_layers", int.MaxValue),
            Dataset = Get("dataset"),
            DatasetFingerprint = Get("dataset_fingerprint"),
            TestFingerprint = Get("test_fingerprint"),
            Seed = Number("seed", long.MaxValue),
            BatchSize = (int)Count("batch_size", int.MaxValue),
            Recipe = Get("recipe"),
        };
        var position = new TrainingPosition(Count("iteration", long.MaxValue), (int)Count("epoch", int.MaxValue),
            (int)Count("iteration_in_epoch", int.MaxValue), Count("images_seen", long.MaxValue));
        Dictionary<string, string> extra = metadata.Where(pair => pair.Key.StartsWith(ExtraPrefix, StringComparison.Ordinal))
            .ToDictionary(pair => pair.Key[ExtraPrefix.Length..], pair => pair.Value, StringComparer.Ordinal);
        double? error = !metadata.TryGetValue(TestErrorKey, out string? text) ? null
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double parsed) && parsed is >= 0 and <= 1 ? parsed
            : throw new CheckpointException(path, $"its metadata gives \"{text}\" for {TestErrorKey}; expected a number from 0 to 1.");
        return new CheckpointInfo(path, identity, position, extra) { TestError = error, TestErrorOf = metadata.GetValueOrDefault(TestErrorOfKey) };
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
