using ResNetGen.Architecture;
using ResNetGen.Data;

namespace ResNetGen.Checkpoints;

/// <summary>
/// What must be the same for a resumed run to end with the numbers of an uninterrupted one. A checkpoint of another identity
/// is refused.
/// </summary>
public sealed record RunIdentity
{
    /// <summary>Name of the network, such as <c>ResNet20</c>.</summary>
    public required string Network { get; init; }

    /// <summary>The network's structure, as <c>NetworkArchitecture.Fingerprint</c> has it.</summary>
    public required string Architecture { get; init; }

    /// <summary>The network's depth: its weighted layers.</summary>
    public required int WeightedLayers { get; init; }

    /// <summary>Name of the dataset.</summary>
    public required string Dataset { get; init; }

    /// <summary>The training pictures, as <see cref="PictureSource.Fingerprint"/> has them.</summary>
    public required string DatasetFingerprint { get; init; }

    /// <summary>The test pictures, likewise: they decide what every evaluation says.</summary>
    public required string TestFingerprint { get; init; }

    /// <summary>The run's seed.</summary>
    public required long Seed { get; init; }

    /// <summary>Pictures a batch.</summary>
    public required int BatchSize { get; init; }

    /// <summary>
    /// The recipe, with all that changes the numbers, none of them rounded: schedule, decay, epochs or iterations, the
    /// intervals of readings and evaluations. Not device and precision: to change them is allowed, and noted.
    /// </summary>
    public required string Recipe { get; init; }

    /// <summary>Says what differs, network first.</summary>
    /// <param name="found">What a checkpoint has.</param>
    /// <returns>Null where nothing differs; else one sentence that gives both and what to do.</returns>
    public string? Difference(RunIdentity found)
    {
        ArgumentNullException.ThrowIfNull(found);
        if (found.Network != Network || found.WeightedLayers != WeightedLayers)
            return $"it holds {found.Network} ({found.WeightedLayers} weighted layers), but {Network} ({WeightedLayers} weighted layers) was asked for. "
                + $"Ask for {found.Network}, or give another output folder.";
        if (found.Architecture != Architecture)
            return $"it holds another {found.Network}, built as \"{found.Architecture}\", but \"{Architecture}\" was asked for. "
                + "Declare the network as it was, or give another output folder.";
        if (found.Dataset != Dataset)
            return $"it was trained on {found.Dataset}, but {Dataset} was given. Give the data it was trained on, or another output folder.";
        if (found.DatasetFingerprint != DatasetFingerprint)
            return $"it was trained on other pictures (training split {Short(found.DatasetFingerprint)}) than were given ({Short(DatasetFingerprint)}). "
                + "Give the data it was trained on, or another output folder.";
        if (found.TestFingerprint != TestFingerprint)
            return $"it was tested on other pictures (test split {Short(found.TestFingerprint)}) than were given ({Short(TestFingerprint)}). "
                + "Give the data it was trained with, or another output folder.";
        if (found.Seed != Seed)
            return $"it was trained with seed {found.Seed}, but {Seed} was asked for. Give TrainerOptions.Seed = {found.Seed}, or another output folder.";
        if (found.BatchSize != BatchSize)
            return $"it was trained with batch size {found.BatchSize}, but {BatchSize} was asked for. Give Recipe.BatchSize = {found.BatchSize}, or another output folder.";
        if (found.Recipe != Recipe)
            return $"it was trained by the recipe \"{found.Recipe}\", but \"{Recipe}\" was asked for. Give the same options, or another output folder.";
        return null;
    }

    private static string Short(string hash) => hash.Length > 12 ? hash[..12] : hash;
}
