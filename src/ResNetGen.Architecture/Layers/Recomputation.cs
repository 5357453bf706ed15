namespace ResNetGen.Architecture.Layers;

/// <summary>What a choice of <see cref="Recompute"/> finds to compute a second time in a network.</summary>
internal static class Recomputation
{
    /// <summary>Whether there is anything in a layer that the choice applies to.</summary>
    public static bool IsIn(Layer layer, Shape input, Recompute recompute) => recompute switch
    {
        Recompute.None => true,
        Recompute.Block when layer.IsBlock => true,
        Recompute.Normalisation when HasChain(layer) => true,
        _ => layer switch
        {
            Repeat repeat => IsIn(repeat.Body, input, recompute),
            Composite composite => composite.Parts(input).Any(part => IsIn(part.Layer, part.Input, recompute)),
            _ => false,
        },
    };

    /// <summary>What a network without anything of the kind lacks, in the words of a message.</summary>
    public static string Lack(Recompute recompute) => recompute == Recompute.Block
        ? "a network without blocks"
        : "a network without such a chain of layers";

    /// <summary>What a network needs for it.</summary>
    public static string Need(Recompute recompute) => recompute == Recompute.Block
        ? "the blocks of a residual or plain network, or [Residual] members"
        : "batch normalisation, ReLU and a convolution in a row inside a block, a sequence or a [BatchNormReLUConv] member";

    private static bool HasChain(Layer layer) => layer switch
    {
        Sequence sequence => HasChain(sequence.Layers),
        Joined joined => HasChain(joined.Layers),
        _ => false,
    };

    private static bool HasChain(EquatableArray<Layer> layers) =>
        Enumerable.Range(2, Math.Max(0, layers.Count - 2)).Any(i => Fusion.Feeds(layers[i - 2], layers[i - 1], layers[i]));
}
