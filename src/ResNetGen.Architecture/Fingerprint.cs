namespace ResNetGen.Architecture;

/// <summary>Writes a plan as one line. The form is kept in checkpoints: add to it only what changes the meaning of weights.</summary>
internal static class Fingerprint
{
    public static string Of(ResidualPlan plan)
    {
        List<string> parts =
        [
            $"input={plan.Input.Channels}x{plan.Input.Height}x{plan.Input.Width}",
            $"classes={plan.Classes}",
            $"stem={plan.Stem}-{plan.StemWidth}",
            $"block={plan.Block}",
            $"stages={string.Join(",", plan.Stages)}",
            $"width={plan.BaseWidth}",
            $"shortcut={plan.Shortcut?.ToString() ?? "none"}",
        ];
        if (plan.Shortcut == Shortcut.A)
            parts.Add($"zeros={plan.Padding}");

        if (plan.Block == Block.Bottleneck)
            parts.AddRange([$"stride={plan.Stride}", $"groups={plan.Groups}x{plan.WidthPerGroup}"]);

        return string.Join(";", parts);
    }
}
