namespace ResNetGen.Architecture.Layers;

/// <summary>
/// Scales each channel by a factor between 0 and 1 that two 1×1 convolutions with bias make of all channels' means: a
/// squeeze with ReLU, an excitation with a sigmoid (Hu et al. 2018, section 3). Names are timm's. The receptive field is that
/// of the scaled maps: factors made of whole maps do not count in it.
/// </summary>
/// <param name="Name">Its segment of state_dict keys.</param>
/// <param name="Squeezed">Channels between the two convolutions.</param>
public sealed record SqueezeExcitation(string Name, int Squeezed) : Leaf(Name)
{
    /// <inheritdoc/>
    public override string Summary => FormattableString.Invariant($"squeeze-and-excitation through {Squeezed}");

    /// <inheritdoc/>
    public override Shape Output(Shape input) => input;

    // Its convolutions stand beside the main path: they do not count in the network's depth.
    /// <inheritdoc/>
    public override Cost Measure(Shape input) => Factors(input).Measure(input) with { WeightedLayers = 0 };

    /// <inheritdoc/>
    public override IEnumerable<StateEntry> State(Shape input, string path) => Factors(input).State(input, path);

    // The product keeps its two factors.
    internal override Signal Run(Signal input, SavedTally saved)
    {
        bool shared = input.Shared;
        input.Shared = true;
        saved.Hold(Factors(input.Shape).Run(input, saved));
        saved.Hold(input);
        input.Shared = shared;
        return input.Become(input.Shape);
    }

    /// <summary>The layers that make the factors of a map.</summary>
    internal Sequence Factors(Shape input) => new("",
    [
        new GlobalAvgPool(""),
        new Conv2d("fc1", Squeezed, 1) { Bias = true },
        new Activation("", Function.ReLU),
        new Conv2d("fc2", input.Channels, 1) { Bias = true },
        new Activation("", Function.Sigmoid),
    ]);
}
