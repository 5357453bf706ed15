namespace ResNetGen.Architecture.Layers;

/// <summary>Sets each element to zero with a probability while training, and scales the others up.</summary>
/// <param name="Name">Its name; it has no state.</param>
/// <param name="Probability">Probability of zero, from 0 to below 1.</param>
public sealed record Dropout(string Name, double Probability) : Leaf(Name)
{
    /// <inheritdoc/>
    public override string Summary => FormattableString.Invariant($"dropout {Probability}");

    internal override bool IsElementwise => true;

    /// <inheritdoc/>
    public override Shape Output(Shape input) => input;

    // The factors, zero or 1 / (1 − p), in the precision of the input.
    internal override Signal Run(Signal input, SavedTally saved)
    {
        saved.Hold(input.Become(input.Shape));
        Signal output = input.Become(input.Shape);
        // In evaluation it hands its input on, so that what must not be written over there must not be here.
        output.Shared = !input.CanOverwrite;
        return output;
    }
}
