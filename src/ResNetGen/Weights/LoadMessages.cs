using ResNetGen.Architecture;

namespace ResNetGen.Weights;

/// <summary>What is said when a file does not fit, and what is worth knowing when it does.</summary>
internal sealed class LoadMessages(string path, NetworkArchitecture network, PretrainedModel? model, WeightRecord? ownRecord)
{
    private const string Untouched = "Nothing was copied.";

    /// <summary>Names and shapes differ.</summary>
    public BadInputException DoesNotFit(WeightComparison comparison, List<(string File, string Network)> renamed, string? head) => new(
        $"{path} does not fit {network.Name}{Starts}: {comparison.Differences}. {Untouched}{Says} {Advice(comparison, renamed, head)}");

    /// <summary>Not one entry of a file fits of which less than all was wanted.</summary>
    public BadInputException NothingFits(WeightComparison comparison) => new(
        $"{path}: no entry fits {network.Name}: {comparison.Differences}. {Untouched}{Says} Give a file of this network, or name the layers that differ: LoadOptions.Rename.");

    /// <summary>Names and shapes are equal, what they mean is not.</summary>
    public BadInputException MeansSomethingElse(WeightRecord record, List<MeaningDifference> differences) => new(
        $"{path} holds weights that mean something else than {network.Name}'s, although the entries fit: {string.Join("; ", differences)}. {Untouched} "
        + (ownRecord is null ? $"They are taken for torchvision's {record.Network}, which [Pretrained] names. " : $"The file is of {record.Network} ({Shown.Of(record.Architecture)}). ")
        + $"Declare the network as it was, or load them all the same: LoadOptions.Allow = [{string.Join(", ", differences.Select(each => $"\"{each.Name}\""))}].");

    /// <summary>Assumptions, and differences that do no harm.</summary>
    public IEnumerable<string> Notes(WeightRecord? record, List<MeaningDifference> allowed, bool averaged)
    {
        if (record is null)
            yield return Assumption();
        foreach (MeaningDifference difference in allowed)
            yield return $"loaded although {difference}";
        if (averaged)
            yield return "these are the running average of the weights; LoadOptions.Averaged = false takes the last ones";
        if (record is null)
            yield break;

        string own = network.Fingerprint, theirs = record.Architecture;
        if (Meaning.Part(theirs, "input") is { } input && input != Meaning.Part(own, "input"))
            yield return $"{record.Network} was trained on pictures of {Shown.Of(input)}, {network.Name} takes {Meaning.Part(own, "input")}";
        if (Meaning.Part(own, "outputstride") is { } dilated && Meaning.Part(theirs, "outputstride") != dilated)
            yield return $"{network.Name} keeps an output stride of {dilated}, which the weights were not trained with";
    }

    private string Starts => model is null ? "" : $", which starts from torchvision's {model.Name}";

    private string Says => ownRecord is null ? "" : $" The file is of {ownRecord.Network} ({Shown.Of(ownRecord.Architecture)}).";

    private string Advice(WeightComparison comparison, List<(string File, string Network)> renamed, string? head)
    {
        if (comparison.Missing.Count == 0 && comparison.Unexpected.Count == 0 && head is not null
            && comparison.Mismatched.All(entry => entry.Key.StartsWith(head + ".", StringComparison.Ordinal)))
            return $"Only the head differs: LoadOptions.ReplaceHead = true loads all the others and leaves {head} as it is.";
        if (renamed.Count > 0)
            return $"Some layers seem to have other names: LoadOptions.Rename = {{ {string.Join(", ", renamed.Select(each => $"[\"{Shown.Of(each.File)}\"] = \"{each.Network}\""))} }}.";
        if (model is not null && ownRecord is null)
            return "Give the file of the weights that [Pretrained] names, or name those of the file.";
        return "Give a file of this network; LoadOptions.Strict = false copies what fits.";
    }

    private string Assumption()
    {
        string[] assumed = [.. Meaning.Assumed(network.Fingerprint)];
        string note = $"the file says nothing of its network: taken for {network.Name}'s own{(assumed.Length == 0 ? "" : $", in which {string.Join(" and ", assumed)}")}; "
            + "nor how its pictures were normalised";
        return Published() is { } published
            ? $"{note}. torchvision's {published.Name} has the same entries and another meaning: write [Pretrained(\"{published.Name}\")] if these are its weights"
            : note;
    }

    // The best-known files by far are torchvision's, and say nothing.
    private PretrainedModel? Published() => PretrainedModel.All.FirstOrDefault(each =>
        each.Architecture is var weights && PretrainedFit.Of(network, weights).IsWhole
        && (PretrainedFit.EarlyStride(network, weights) is not null || PretrainedFit.OtherMeaning(network, weights) is not null));
}
