namespace ResNetGen.Architecture;

/// <summary>A <c>[ResNet]</c>: 224×224 pixels and 1000 classes unless written (He et al. 2015, table 1).</summary>
public sealed record ResNetSpec : StagedSpec, IResidualOptions
{
    /// <summary>How shortcuts get over a change of shape; B unless written.</summary>
    public Shortcut? Shortcut { get; init; }

    /// <summary>Where shortcut A puts its zero channels; after the others unless written.</summary>
    public ZeroPadding? ZeroPadding { get; init; }

    /// <summary>Where norms and activations stand in a unit; as in 2015 unless written.</summary>
    public Unit? Unit { get; init; }

    /// <summary>What happens on the shortcut of every unit; nothing unless written.</summary>
    public Skip? Skip { get; init; }

    /// <summary>What <see cref="Skip.ConstantScale"/> scales shortcuts by; 0.5 unless written.</summary>
    public double? SkipScale { get; init; }

    /// <summary>What <see cref="Skip.ConstantScale"/> scales branches by; 1 unless written.</summary>
    public double? BranchScale { get; init; }

    /// <summary>What the biases of gates start from; −6 unless written.</summary>
    public double? GateBias { get; init; }

    /// <summary>Whether projections have batch normalisation; they do unless written.</summary>
    public bool? ProjectionBatchNorm { get; init; }

    /// <summary>Whether an average pooling carries the stride of projections (ResNet-D); not unless written.</summary>
    public bool? AverageDown { get; init; }

    /// <summary>Whether the scale of each block's last norm starts at 0; not unless written.</summary>
    public bool? ZeroInitResidual { get; init; }

    /// <summary>How many times narrower the middle of squeeze-and-excitation is; none unless written.</summary>
    public int? SqueezeExcitation { get; init; }

    /// <summary>Probability that the last block's branch is dropped, falling linearly to 0 at the first; none unless written.</summary>
    public double? DropPath { get; init; }

    /// <inheritdoc/>
    public override string Family => "ResNet";

    private Shortcut Chosen => Shortcut ?? ResNetGen.Shortcut.B;

    private protected override void CheckOptions(SpecChecker check)
    {
        ResidualOptions.Check(check, this);
        check.Defined(nameof(ZeroPadding), ZeroPadding);
        if (Chosen != ResNetGen.Shortcut.A)
            check.Meaning(nameof(ZeroPadding), ZeroPadding, $"shortcut {Chosen}", "Shortcut = A");

        Unit unit = Unit ?? ResNetGen.Unit.Original;
        bool projects = Chosen != ResNetGen.Shortcut.A && Skip != ResNetGen.Skip.Conv1x1;
        string network = Skip == ResNetGen.Skip.Conv1x1 ? $"Skip = {Skip}" : $"shortcut {Chosen}";
        if (AverageDown == true && !projects)
            check.Meaning(nameof(AverageDown), "true", network, "Shortcut = B or Shortcut = C");
        if (ProjectionBatchNorm == false && !projects)
            check.Meaning(nameof(ProjectionBatchNorm), "false", network, "Shortcut = B or Shortcut = C");
        else if (ProjectionBatchNorm is { } norm && !ShortcutLayers.UnitNormalisesProjections(unit))
            check.Meaning(nameof(ProjectionBatchNorm), norm ? "true" : "false", $"Unit = {unit}", "a unit with norms on its projections");
    }

    private protected override ResidualPlan Finish(ResidualPlan plan) => ResidualOptions.Apply(this, plan) with
    {
        Shortcut = Chosen,
        Padding = ZeroPadding ?? ResNetGen.ZeroPadding.End,
        ProjectionBatchNorm = ProjectionBatchNorm ?? true,
        AverageDown = AverageDown ?? false,
    };
}
