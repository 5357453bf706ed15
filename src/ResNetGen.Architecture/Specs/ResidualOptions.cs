using System.Globalization;

namespace ResNetGen.Architecture;

/// <summary>The rules of <see cref="IResidualOptions"/> and the defaults for what was not written.</summary>
internal static class ResidualOptions
{
    /// <summary>The bias that gates start from where none is written: the best one of the 2016 paper, table 1.</summary>
    public const double UsualGateBias = -6;

    public static void Check(SpecChecker check, IResidualOptions spec)
    {
        check.Defined(nameof(spec.Shortcut), spec.Shortcut);
        check.Defined(nameof(spec.Unit), spec.Unit);
        check.Defined(nameof(spec.Skip), spec.Skip);
        check.Range(nameof(spec.SkipScale), spec.SkipScale, 0, 1);
        check.Range(nameof(spec.BranchScale), spec.BranchScale, 0, 1);
        check.Range(nameof(spec.GateBias), spec.GateBias, -100, 100);
        check.Range("SqueezeExcitation.Reduction", spec.SqueezeExcitation, 1, Limits.Channels);
        check.Range("DropPath.Rate", spec.DropPath, 0, 0.99);
        if (!check.Failed)
            Meanings(check, spec);
    }

    public static ResidualPlan Apply(IResidualOptions spec, ResidualPlan plan)
    {
        bool scales = spec.Skip == Skip.ConstantScale;
        return plan with
        {
            Unit = spec.Unit ?? Unit.Original,
            Skip = spec.Skip ?? Skip.Identity,
            SkipScale = scales ? spec.SkipScale ?? 0.5 : 1,
            BranchScale = scales ? spec.BranchScale ?? 1 : 1,
            GateBias = HasGate(spec) ? spec.GateBias ?? UsualGateBias : 0,
            ZeroInitResidual = spec.ZeroInitResidual ?? false,
            SqueezeExcitation = spec.SqueezeExcitation,
            DropPath = spec.DropPath,
        };
    }

    private static void Meanings(SpecChecker check, IResidualOptions spec)
    {
        Skip skip = spec.Skip ?? Skip.Identity;
        Unit unit = spec.Unit ?? Unit.Original;
        string network = $"Skip = {skip}";
        if (skip != Skip.ConstantScale)
        {
            check.Meaning(nameof(spec.SkipScale), Text(spec.SkipScale), network, "Skip = ConstantScale");
            check.Meaning(nameof(spec.BranchScale), Text(spec.BranchScale), network, "Skip = ConstantScale");
        }

        if (!HasGate(spec))
            check.Meaning(nameof(spec.GateBias), Text(spec.GateBias), network, "Skip = ExclusiveGate or Skip = ShortcutOnlyGate");
        if (skip == Skip.Conv1x1)
            check.Meaning(nameof(spec.Shortcut), spec.Shortcut, network, "a Skip that leaves shortcuts to it");

        // Table 1 is about post-activation nets; a gate of an input without activation would be another experiment.
        if (skip != Skip.Identity && unit is Unit.ReLUOnlyPreActivation or Unit.FullPreActivation)
            check.Meaning(nameof(spec.Skip), spec.Skip, "pre-activation units", "Unit = Original");

        // With no norm at the branch's end, one behind the addition, or a ReLU after it, a scale of 0 is no identity.
        if (spec.ZeroInitResidual == true && unit is not (Unit.Original or Unit.ReLUOnlyPreActivation))
            check.Meaning(nameof(spec.ZeroInitResidual), "true", $"Unit = {unit}", "a branch that ends with batch normalisation");
    }

    private static bool HasGate(IResidualOptions spec) => spec.Skip is Skip.ExclusiveGate or Skip.ShortcutOnlyGate;

    private static string? Text(double? value) => value?.ToString(CultureInfo.InvariantCulture);
}
