namespace ResNetGen.Architecture.Layers;

/// <summary>
/// The sum of a branch and a shortcut, F(x) + h(x), with what the 2016 paper puts around it: a pre-activation that both
/// share (figure 4), scales and gates (figure 2). The addition works in place where it may, and keeps nothing.
/// </summary>
/// <param name="Branch">The layers F.</param>
/// <param name="Shortcut">The layers h, which bring x to the branch's shape; null for identity.</param>
public sealed record Residual(Layer Branch, Layer? Shortcut) : Composite("")
{
    /// <summary>
    /// Batch normalisation and ReLU before the split: the branch takes their result, and so does the shortcut where it
    /// has layers; an identity takes the raw x. Null in post-activation networks.
    /// </summary>
    public Sequence? PreActivation { get; init; }

    /// <summary>
    /// A 1×1 convolution with bias of the input, whose sigmoid g scales h by 1 − g and, where <see cref="GatesBranch"/> is
    /// set, F by g. Null where nothing is gated.
    /// </summary>
    public Conv2d? Gate { get; init; }

    /// <summary>Whether the gate scales the branch as well: the exclusive gate of the 2016 paper, section 3.1.</summary>
    public bool GatesBranch { get; init; }

    /// <summary>A constant that scales the branch.</summary>
    public double BranchScale { get; init; } = 1;

    /// <summary>A constant that scales the shortcut.</summary>
    public double ShortcutScale { get; init; } = 1;

    /// <summary>What follows the addition, where the sum is a module of its own; null for nothing.</summary>
    public Leaf? After { get; init; }

    /// <summary>
    /// Whether the sum is a module of its own, with the branch and the shortcut as children, and not a part of the class
    /// that it stands in.
    /// </summary>
    public bool IsModule { get; init; }

    /// <summary>Whether anything but the identity and a plain addition happens on the shortcut.</summary>
    public bool IsGatedOrScaled => Gate is not null || BranchScale != 1 || ShortcutScale != 1;

    /// <inheritdoc/>
    public override Shape Output(Shape input)
    {
        (Shape branch, Shape shortcut) = Ends(input);
        return branch == shortcut
            ? branch
            : throw new ArgumentException($"A branch of {branch} and a shortcut of {shortcut} cannot be added.", nameof(input));
    }

    /// <summary>The shapes that meet in the addition.</summary>
    internal (Shape Branch, Shape Shortcut) Ends(Shape input)
    {
        Shape split = PreActivation?.Output(input) ?? input;
        return (Branch.Output(split), Shortcut?.Output(split) ?? input);
    }

    internal override bool IsBlock => IsModule;

    internal override IEnumerable<Part> Parts(Shape input)
    {
        Shape split = input;
        if (PreActivation is { } before)
        {
            yield return new Part(before, input);
            split = before.Output(input);
        }

        yield return new Part(Branch, split);
        if (Shortcut is { } shortcut)
            yield return new Part(shortcut, split, OnMainPath: false);
        if (Gate is { } gate)
            yield return new Part(gate, input, OnMainPath: false);
        if (After is { } after)
            yield return new Part(after, Branch.Output(split));
    }

    internal override Signal Run(Signal input, SavedTally saved)
    {
        bool shared = input.Shared;
        input.Shared = true;
        Signal split = PreActivation is { } before ? saved.Run(before, input) : input;
        if (Shortcut is not null)
            split.Shared = true;

        Signal sum = saved.Run(Branch, split);
        split.IsInside = Fusion.PadsIn(this);
        Signal shortcut = Shortcut is { } layers ? saved.Run(layers, split) : input;
        split.IsInside = false;
        if (Gate is { } gate)
            sum = RunGate(gate, input, sum, shortcut, saved);
        else if (!sum.CanOverwrite)
            sum = sum.Become(sum.Shape);
        else
            saved.WorksInPlace?.Invoke(this);

        input.Shared = shared;
        return After is { } after ? saved.Run(after, sum) : sum;
    }

    // A sigmoid keeps what it gives, and a product both of its factors. Where only 1 − g is needed it comes of the sigmoid at once.
    private Signal RunGate(Conv2d gate, Signal input, Signal branch, Signal shortcut, SavedTally saved)
    {
        Signal opening = saved.Run(gate, input);
        saved.Hold(opening);
        saved.Hold(shortcut);
        if (GatesBranch)
        {
            saved.Hold(opening.Become(opening.Shape));
            saved.Hold(branch);
        }

        return branch.Become(branch.Shape);
    }
}
