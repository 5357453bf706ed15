namespace ResNetGen.Architecture;

/// <summary>A <c>[Vgg]</c>: 224×224 pixels and 1000 classes unless written (Simonyan and Zisserman 2015).</summary>
public sealed record VggSpec : NetworkSpec
{
    /// <summary>Weighted layers: 11, 13, 16 or 19.</summary>
    public int? Depth { get; init; }

    /// <summary>Whether batch normalisation follows each convolution; not unless written.</summary>
    public bool? BatchNorm { get; init; }

    /// <inheritdoc/>
    public override string Family => "Vgg";

    /// <inheritdoc/>
    protected override Shape DefaultInput => new(3, 224, 224);

    /// <inheritdoc/>
    protected override int DefaultClasses => 1000;

    private protected override Resolution Resolve()
    {
        var check = new SpecChecker(this);
        if (check.Failed || check.OneOf(Depth, VggBuilder.Depths) is not { } depth)
            return check.Failure;

        return check.Finish(VggBuilder.Describe(new VggPlan
        {
            Input = Input,
            Classes = ClassCount,
            Depth = depth,
            BatchNorm = BatchNorm ?? false,
        }));
    }
}
