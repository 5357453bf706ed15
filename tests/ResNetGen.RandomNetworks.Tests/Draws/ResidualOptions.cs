namespace ResNetGen.RandomNetworks.Tests.Draws;

/// <summary>What residual units are made of: shortcuts, the orders and gates of the 2016 paper, what users build on them.</summary>
internal static class ResidualOptions
{
    private static readonly string[] s_units =
        ["Original", "BatchNormAfterAddition", "ReLUBeforeAddition", "ReLUOnlyPreActivation", "FullPreActivation"];

    /// <summary>Options that go together.</summary>
    public static string[] Draw(Choices choices, string[] shortcuts)
    {
        List<string> options = [];
        int unit = choices.Below(s_units.Length);
        if (unit > 0)
            options.Add($"Unit = Unit.{s_units[unit]}");

        // Gates are for units that activate after the addition.
        string skip = unit < 3 && choices.OneIn(2) ? Skip(choices) : "";
        if (skip.Length > 0)
            options.Add(skip);
        if (!skip.Contains("Conv1x1", StringComparison.Ordinal) && choices.OneIn(2))
            options.Add($"Shortcut = Shortcut.{choices.Of(shortcuts)}");
        if (unit == 0 && choices.OneIn(3))
            options.Add("ZeroInitResidual = true");

        return [.. options];
    }

    private static string Skip(Choices choices) => choices.Below(5) switch
    {
        0 => $"Skip = Skip.ConstantScale, SkipScale = 0.5, BranchScale = {choices.Of("0.5", "1")}",
        1 => $"Skip = Skip.ExclusiveGate, GateBias = {-5 - choices.Below(3)}",
        2 => "Skip = Skip.ShortcutOnlyGate",
        3 => "Skip = Skip.Conv1x1",
        _ => "Skip = Skip.Dropout",
    };
}
