namespace ResNetGen.Architecture;

/// <summary>A <c>[ResNet]</c>: 224×224 pixels and 1000 classes unless written (He et al. 2015, table 1).</summary>
public sealed record ResNetSpec : StagedSpec
{
    /// <summary>How shortcuts get over a change of shape; B unless written.</summary>
    public Shortcut? Shortcut { get; init; }

    /// <summary>Where shortcut A puts its zero channels; after the others unless written.</summary>
    public ZeroPadding? ZeroPadding { get; init; }

    /// <inheritdoc/>
    public override string Family => "ResNet";

    private protected override Shortcut? ResolvedShortcut => Shortcut ?? ResNetGen.Shortcut.B;

    private protected override ZeroPadding ResolvedPadding => ZeroPadding ?? ResNetGen.ZeroPadding.End;

    private protected override void CheckOptions(SpecChecker check)
    {
        check.Defined(nameof(Shortcut), Shortcut);
        check.Defined(nameof(ZeroPadding), ZeroPadding);
        if (ResolvedShortcut != ResNetGen.Shortcut.A)
            check.Meaning(nameof(ZeroPadding), ZeroPadding, $"shortcut {ResolvedShortcut}", "Shortcut = A");
    }
}
