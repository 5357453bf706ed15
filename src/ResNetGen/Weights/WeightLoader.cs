using ResNetGen.Architecture;
using static TorchSharp.torch;

namespace ResNetGen.Weights;

/// <summary>One loading of a file into a network: compare names and shapes, compare what they mean, read all, then copy.</summary>
internal sealed class WeightLoader
{
    private readonly NetworkArchitecture _network;
    private readonly PretrainedAttribute? _written;
    private readonly PretrainedModel? _model;
    private readonly string _path;
    private readonly LoadOptions _options;
    private readonly Dictionary<string, Tensor> _state;
    private readonly IWeightFile _file;
    private readonly WeightRecord? _ownRecord;

    private WeightLoader(nn.Module network, NetworkArchitecture architecture, PretrainedAttribute? written, string path, LoadOptions options, IWeightFile file)
    {
        _network = architecture;
        _written = written;
        _model = written is null ? null : PretrainedModel.Find(written.Name);
        _path = path;
        _options = options;
        _state = network.state_dict();
        _file = file;
        _ownRecord = file.Record(architecture.Input);
    }

    public static LoadedWeights Load(nn.Module network, NetworkArchitecture architecture, PretrainedAttribute? written, string path, LoadOptions options)
    {
        if (options.Allow.FirstOrDefault(name => !Meaning.Names.Contains(name)) is { } unknown)
            throw new ArgumentException($"LoadOptions.Allow: expected names of differences ({string.Join(", ", Meaning.Names)}), found \"{unknown}\".", nameof(options));

        using IWeightFile file = WeightFile.Open(path, options.Averaged);
        return new WeightLoader(network, architecture, written, path, options, file).Load();
    }

    private LoadedWeights Load()
    {
        Dictionary<string, WeightEntry> entries = new WeightKeys(_path, _options.Rename).Of(_file.Entries, _state.Keys, stripPrefixes: _ownRecord is null);
        HashSet<string> fresh = Heads(entries);
        var comparison = new WeightComparison(entries, _state, fresh);
        WeightRecord? record = _ownRecord ?? (_model is null ? null : WeightRecord.Of(_model, _network.Input));
        var messages = new LoadMessages(_path, _network, _model, _ownRecord);
        if (_options.Strict && !comparison.IsWhole)
            throw messages.DoesNotFit(comparison, comparison.Renamed(_state), PretrainedFit.Head(_network));
        if (comparison.Pairs.Count == 0)
            throw messages.NothingFits(comparison);

        List<MeaningDifference> differences = record is null ? [] : Differences(record);
        if (differences.Where(each => !_options.Allow.Contains(each.Name)).ToList() is { Count: > 0 } refused)
            throw messages.MeansSomethingElse(record!, refused);

        Copy(comparison);
        return new LoadedWeights
        {
            Network = _network.Name,
            Path = _path,
            Loaded = [.. comparison.Pairs.Select(pair => pair.Key)],
            Fresh = [.. fresh.Order(StringComparer.Ordinal)],
            Missing = comparison.Missing,
            Unexpected = [.. comparison.Unexpected.Select(each => each.Entry.Name)],
            Mismatched = comparison.Mismatched,
            Record = record,
            Notes = [.. messages.Notes(record, differences, _file.IsAveraged)],
        };
    }

    /// <summary>Takes entries of heads out that are not to be read, and says which of the network's own stay fresh.</summary>
    private HashSet<string> Heads(Dictionary<string, WeightEntry> entries)
    {
        string? own = PretrainedFit.Head(_network);
        bool replace = _options.ReplaceHead ?? ReplacesHead(own, entries);
        string? theirs = _model is not null ? PretrainedFit.Head(_model.Architecture) : own ?? UsualHead();
        if (replace || own is null)
        {
            foreach (string key in entries.Keys.Where(key => IsOf(key, own) || IsOf(key, theirs)).ToList())
                entries.Remove(key);
        }

        return replace ? [.. _state.Keys.Where(key => IsOf(key, own))] : [];
    }

    // [Pretrained(ReplaceHead = true)] is about the published weights. What was trained since, and saved, has this very head.
    private bool ReplacesHead(string? own, Dictionary<string, WeightEntry> entries)
    {
        if (_written?.ReplaceHead != true || _model is null || own is null)
            return false;
        bool fits = entries.TryGetValue(own + ".weight", out WeightEntry? head) && head.Shape.SequenceEqual(_state[own + ".weight"].shape);
        return !(fits && (_ownRecord is not null || _model.Classes != _network.Classes));
    }

    // Of a network without a head: where its family has one. A network of one's own has none but its own.
    private string? UsualHead() =>
        _network.Spec is CustomNetworkSpec ? null : PretrainedFit.Head((_network.Spec with { Classes = 10 }).Build());

    private List<MeaningDifference> Differences(WeightRecord record)
    {
        List<MeaningDifference> differences = Meaning.Compare(record.Architecture, _network.Fingerprint, onlySilent: !_options.Strict);

        // [Pretrained] on a network of one's own says that its layers are the published ones; its strides are compared one by one.
        if (_network.Spec is CustomNetworkSpec && _model is not null
            && Meaning.Compare(record.Architecture, _model.Architecture.Fingerprint, onlySilent: false).Count == 0)
        {
            differences = PretrainedFit.EarlyStride(_network, _model.Architecture) is var (path, stride, trained)
                ? [new("stride", $"{trained} at {path}", FormattableString.Invariant($"{stride}"))]
                : [];
        }

        if (_options.Normalization is { } fed && record.Normalization is { } recorded && !NormalizationText.Same(fed, recorded))
            differences.Add(new(Meaning.Normalization, NormalizationText.Show(recorded), NormalizationText.Show(fed)));
        return differences;
    }

    private void Copy(WeightComparison comparison)
    {
        using IDisposable guard = no_grad();
        List<Tensor> read = [];
        try
        {
            foreach ((_, WeightEntry entry, _) in comparison.Pairs)
                read.Add(_file.Read(entry.Name));

            // Values only: layout, device and identity stay the parameter's own.
            foreach (((_, _, Tensor target), Tensor source) in comparison.Pairs.Zip(read))
                target.copy_(source);
        }
        finally
        {
            read.ForEach(tensor => tensor.Dispose());
        }
    }

    private static bool IsOf(string key, string? layer) => layer is not null && key.StartsWith(layer + ".", StringComparison.Ordinal);
}
