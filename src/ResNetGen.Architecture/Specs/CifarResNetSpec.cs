namespace ResNetGen.Architecture;

/// <summary>A <c>[CifarResNet]</c>: 32×32 pixels and 10 classes unless written (He et al. 2015, section 4.2).</summary>
public sealed record CifarResNetSpec : CifarSpec
{
    /// <summary>How shortcuts get over a change of shape; A unless written.</summary>
    public Shortcut? Shortcut { get; init; }

    /// <inheritdoc/>
    public override string Family => "CifarResNet";

    private protected override Shortcut? ResolvedShortcut => Shortcut ?? ResNetGen.Shortcut.A;

    private protected override void CheckOptions(SpecChecker check) => check.Defined(nameof(Shortcut), Shortcut);
}
