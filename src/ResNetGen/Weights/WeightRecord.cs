using ResNetGen.Architecture;
using ResNetGen.Data;

namespace ResNetGen.Weights;

/// <summary>What a file says of its weights beside their names and shapes, which alone do not tell networks apart.</summary>
public sealed record WeightRecord
{
    /// <summary>Name of the network that they are of, such as <c>ResNet50</c>.</summary>
    public required string Network { get; init; }

    /// <summary>
    /// Its structure, as <see cref="NetworkArchitecture.Fingerprint"/> has it: input, classes, shortcuts, the zero channels of option A
    /// (<c>zeros=End</c>), where bottlenecks stride (<c>stride=First1x1</c>, or <c>Conv3x3</c> for "v1.5"), …
    /// </summary>
    public required string Architecture { get; init; }

    /// <summary>How its pictures were normalised; null where nothing is said.</summary>
    public Normalization? Normalization { get; init; }

    /// <summary>Names of the classes, in the order of the outputs; empty where nothing is said.</summary>
    public IReadOnlyList<string> ClassNames { get; init; } = [];

    /// <summary>What is known of published weights, whose files say nothing.</summary>
    internal static WeightRecord Of(PretrainedModel model, Shape input) => new()
    {
        Network = model.Name,
        Architecture = model.Architecture.Fingerprint,
        Normalization = NormalizationText.ByChannel(NormalizationKind.ImageNet, input with { Channels = model.Mean.Count }, [.. model.Mean], [.. model.Deviation]),
    };
}
