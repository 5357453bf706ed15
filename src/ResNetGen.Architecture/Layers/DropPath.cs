namespace ResNetGen.Architecture.Layers;

/// <summary>
/// Drops the whole branch of an image with a probability while training, and scales the others up: stochastic depth (Huang
/// et al. 2016), by the image as timm does it.
/// </summary>
/// <param name="Name">Its name; it has no state.</param>
/// <param name="Rate">Probability of zero, from 0 to below 1.</param>
/// <param name="Step">
/// What is added to the rate from one copy of a repeated block to the next, so that the linear rule needs no unrolling: the
/// i-th copy has <c>Rate + i × Step</c>.
/// </param>
public sealed record DropPath(string Name, double Rate, double Step) : Leaf(Name)
{
    /// <inheritdoc/>
    public override string Summary => FormattableString.Invariant($"drop path {Rate:0.###}");

    internal override bool IsElementwise => true;

    /// <inheritdoc/>
    public override Shape Output(Shape input) => input;

    // One factor an image, in the precision of the input, and a new tensor. At a rate of 0 the input goes through as it is.
    internal override Signal Run(Signal input, SavedTally saved)
    {
        Signal output = input.Become(input.Shape);
        bool drops = Rate + (saved.Copy * Step) != 0;
        if (drops)
            saved.Hold(input.Become(new Shape(1, 1, 1)));

        output.Held = input.Held && !drops;
        // In evaluation every copy hands its input on, so that what must not be written over there must not be here.
        output.Shared = !input.CanOverwrite;
        return output;
    }
}
