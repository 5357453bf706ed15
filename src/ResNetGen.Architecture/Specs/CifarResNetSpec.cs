namespace ResNetGen.Architecture;

/// <summary>A <c>[CifarResNet]</c>: 32×32 pixels and 10 classes unless written (He et al. 2015, section 4.2).</summary>
public sealed record CifarResNetSpec : CifarSpec, IResidualOptions
{
    /// <summary>How shortcuts get over a change of shape; A unless written.</summary>
    public Shortcut? Shortcut { get; init; }

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

    /// <summary>Whether the scale of each block's last norm starts at 0; not unless written.</summary>
    public bool? ZeroInitResidual { get; init; }

    /// <summary>How many times narrower the middle of squeeze-and-excitation is; none unless written.</summary>
    public int? SqueezeExcitation { get; init; }

    /// <summary>Probability that the last block's branch is dropped, falling linearly to 0 at the first; none unless written.</summary>
    public double? DropPath { get; init; }

    /// <inheritdoc/>
    public override string Family => "CifarResNet";

    private protected override void CheckOptions(SpecChecker check) => ResidualOptions.Check(check, this);

    private protected override ResidualPlan Finish(ResidualPlan plan) =>
        ResidualOptions.Apply(this, plan) with { Shortcut = Shortcut ?? ResNetGen.Shortcut.A };
}
