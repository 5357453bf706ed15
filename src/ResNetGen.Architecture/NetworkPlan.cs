using ResNetGen.Architecture.Layers;

namespace ResNetGen.Architecture;

/// <summary>What a specification comes to: the tree of layers, and what is said of it. Each family makes one.</summary>
internal sealed record NetworkPlan
{
    /// <summary>The attribute's name without its suffix.</summary>
    public required string Family { get; init; }

    /// <summary>Shape of one input image.</summary>
    public required Shape Input { get; init; }

    /// <summary>Length of the output; 0 for a network without a head, whose output is its last feature map.</summary>
    public required int Classes { get; init; }

    /// <summary>The tree.</summary>
    public required Sequence Root { get; init; }

    /// <summary>The runs of equal blocks, where the family has them.</summary>
    public EquatableArray<Stage> Stages { get; init; }

    /// <summary>The children of the root whose outputs others may want.</summary>
    public EquatableArray<Tap> Taps { get; init; }

    /// <summary>The network in a few words, for the first line of its documentation: "A residual network with shortcut B".</summary>
    public required string Kind { get; init; }

    /// <summary>Its options, for the summary's heading: "bottleneck blocks, shortcut B, stride on the first 1×1"; empty for none.</summary>
    public required string Options { get; init; }

    /// <summary>Everything that decides what the weights mean, in one line.</summary>
    public required string Fingerprint { get; init; }
}
