namespace ResNetGen.Architecture.Layers;

/// <summary>
/// Which layers run as one operation, with one backward pass: batch normalisation and the ReLU after it, and batch
/// normalisation at the end of a branch with the addition of the shortcut. The emitter writes the calls where this says so, and
/// what autograd keeps is counted accordingly: the operation keeps its input and the statistics, and of a sum its rectified
/// output. On the portable road, which the official packages take, ReLU keeps its output besides.
/// </summary>
internal static class Fusion
{
    /// <summary>Whether a layer is a batch normalisation, and the one right after it a ReLU that is no module of the user's.</summary>
    public static bool Rectifies(Layer layer, Layer next) =>
        layer is BatchNorm2d && next is Activation { Function: Function.ReLU, IsDeclared: false };

    /// <summary>Whether three layers are a normalisation, its ReLU and the convolution that takes it: <see cref="Recompute.Normalisation"/>.</summary>
    public static bool Feeds(Layer layer, Layer next, Layer last) => Rectifies(layer, next) && last is Conv2d;

    /// <summary>Whether the last batch normalisation of a branch takes the addition over.</summary>
    public static bool Adds(Residual residual) =>
        residual is { IsModule: false, IsGatedOrScaled: false, Branch: Sequence { Layers: { Count: > 1 } layers } } && layers[layers.Count - 1] is BatchNorm2d;

    /// <summary>Whether option A's subsampling and padding go into the addition as well.</summary>
    public static bool PadsIn(Residual residual) => residual is { PreActivation: null, Shortcut: ZeroPadShortcut } && Adds(residual);

    /// <summary>Follows a tensor through layers that run one after the other.</summary>
    /// <param name="layers">The layers.</param>
    /// <param name="input">What reaches the first.</param>
    /// <param name="saved">The tally.</param>
    /// <param name="run">Follows it through one of them.</param>
    public static Signal Run(EquatableArray<Layer> layers, Signal input, SavedTally saved, Func<Layer, Signal, Signal> run)
    {
        for (int i = 0; i < layers.Count; i++)
        {
            Layer layer = layers[i];
            bool isTapped = saved.IsTapped?.Invoke(layer) == true;
            input = run(layer, input);
            input.Shared |= isTapped;
            input.IsInside = !isTapped && i + 1 < layers.Count
                && (Rectifies(layer, layers[i + 1])
                    || (saved.Recompute == Recompute.Normalisation && i > 0 && Feeds(layers[i - 1], layer, layers[i + 1])));
        }

        return input;
    }
}
