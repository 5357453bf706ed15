namespace ResNetGen.Architecture;

/// <summary>
/// Writes a plan as one line. The form is kept in checkpoints: add to it only what changes the meaning of weights, at the
/// end, and only where it differs from what there was before.
/// </summary>
internal static class Fingerprint
{
    public static string Of(ResidualPlan plan)
    {
        List<string> parts =
        [
            .. Ends(plan.Input, plan.Classes),
            $"stem={plan.Stem}-{plan.StemWidth}",
            $"block={plan.Block}",
            $"stages={string.Join(",", plan.Stages)}",
            $"width={plan.Widths[0]}",
            $"shortcut={plan.Shortcut?.ToString() ?? "none"}",
        ];
        if (plan.Shortcut == Shortcut.A)
            parts.Add($"zeros={plan.Padding}");

        if (plan.Block == Block.Bottleneck)
            parts.AddRange([$"stride={plan.Stride}", $"groups={plan.Groups}x{plan.WidthPerGroup}"]);

        parts.AddRange(Since(plan));
        return string.Join(";", parts);
    }

    public static string Of(VggPlan plan) =>
        string.Join(";", [.. Ends(plan.Input, plan.Classes), $"vgg={plan.Depth}", $"batchnorm={plan.BatchNorm}"]);

    private static string[] Ends(Shape input, int classes) =>
        [$"input={input.Channels}x{input.Height}x{input.Width}", $"classes={classes}"];

    // What training alone sees is not here: what gates and scales start from, and the rate of drop path.
    private static IEnumerable<string> Since(ResidualPlan plan)
    {
        if (plan.Widths != ResidualPlan.Doubling(plan.Widths[0], plan.Widths.Count))
            yield return $"widths={string.Join(",", plan.Widths)}";
        if (plan.Unit != Unit.Original)
            yield return $"unit={plan.Unit}";
        if (plan.Skip == Skip.ConstantScale)
            yield return FormattableString.Invariant($"skip={plan.Skip}-{plan.SkipScale}-{plan.BranchScale}");
        else if (plan.Skip != Skip.Identity)
            yield return $"skip={plan.Skip}";
        if (!plan.ProjectionBatchNorm)
            yield return "projection=bare";
        if (plan.AverageDown)
            yield return "down=average";
        if (plan.OutputStride is { } stride)
            yield return $"outputstride={stride}";
        if (plan.SqueezeExcitation is { } reduction)
            yield return $"squeeze={reduction}";
    }
}
