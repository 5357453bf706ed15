namespace ResNetGen.Architecture.Layers;

/// <summary>A function of each element.</summary>
/// <param name="Name">Its name; it has no state.</param>
/// <param name="Function">Which function.</param>
public sealed record Activation(string Name, Function Function) : Leaf(Name)
{
    /// <summary>Slope of <see cref="Function.LeakyReLU"/> below zero.</summary>
    public double NegativeSlope { get; init; } = 0.01;

    /// <summary>
    /// Whether the user has declared it as a layer: then it stays a module that runs by itself, and no operation before it takes
    /// it along.
    /// </summary>
    public bool IsDeclared { get; init; }

    /// <inheritdoc/>
    public override string Summary => Function == Function.LeakyReLU
        ? FormattableString.Invariant($"LeakyReLU, slope {NegativeSlope}")
        : Function.ToString();

    // ReLU's derivative can be told from its output, as LeakyReLU's when it works in place; the others' cannot.
    internal override bool WorksInPlace => Function is Function.ReLU or Function.LeakyReLU;

    internal override bool KeepsInput => Function is Function.GELU or Function.SiLU;

    internal override bool KeepsOutput => Function is Function.Sigmoid or Function.ReLU;

    internal override bool IsElementwise => true;

    /// <inheritdoc/>
    public override Shape Output(Shape input) => input;

    private protected override long ElementwiseOperations(Shape input) => input.Elements;

    internal override Signal Run(Signal input, SavedTally saved)
    {
        // Out of place, LeakyReLU keeps its input and not its output.
        if (Function != Function.LeakyReLU)
            return base.Run(input, saved);

        if (input.CanOverwrite)
            saved.WorksInPlace?.Invoke(this);

        Signal output = input.Become(input.Shape);
        saved.Hold(input.CanOverwrite ? output : input);
        return output;
    }
}

/// <summary>The functions that an <see cref="Activation"/> can apply to each element.</summary>
public enum Function
{
    /// <summary>max(x, 0).</summary>
    ReLU,

    /// <summary>x where it is positive, a small multiple of it elsewhere.</summary>
    LeakyReLU,

    /// <summary>x Φ(x), the Gaussian error linear unit.</summary>
    GELU,

    /// <summary>x σ(x), also called swish.</summary>
    SiLU,

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    Sigmoid,
}
