using ResNetGen.Native;

namespace ResNetGen.Analyses;

/// <summary>The kinds of operations, by the names that torch and the fused operations of ours bear.</summary>
internal static class StepKinds
{
    // The first name that is found decides. Names of backward functions are those of the forward ones and "Backward".
    private static readonly (StepKind Kind, string[] Names)[] s_names =
    [
        (StepKind.NormalisationShortcutActivation, ["batch_norm", "batchnorm", "relu", "threshold", "sigmoid", "silu", "gelu", "pad", "slice", "aten::add", "addbackward"]),
        (StepKind.Pooling, ["pool", "mean"]),
        (StepKind.Linear, ["linear", "addmm", "aten::mm", "mmbackward", "matmul", "tbackward"]),
        (StepKind.Loss, ["loss", "softmax"]),
        (StepKind.Optimizer, ["sgd", "optimizer", "lamb_"]),
    ];

    /// <summary>The kind of a call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="around">The kind of what it was called by; <see cref="StepKind.Outside"/> where that is a scope.</param>
    public static StepKind Of(RecordedCall call, StepKind around)
    {
        if (around is StepKind.Loss or StepKind.Optimizer)
            return around;
        string name = call.Name.ToLowerInvariant();
        if (name.StartsWith("rn::", StringComparison.Ordinal) && name.IndexOf(' ', StringComparison.Ordinal) is > 0 and var blank)
            name = name[..blank];

        // These may lie within another's call: autocast converts within a convolution, a fused operation convolves.
        if (name is "aten::to" or "aten::_to_copy" || name.StartsWith("tocopybackward", StringComparison.Ordinal) || name.Contains("rn::cast", StringComparison.Ordinal))
            return StepKind.Cast;
        if (name.Contains("conv", StringComparison.Ordinal) && !name.Contains("norm", StringComparison.Ordinal))
            return StepKind.Convolution;
        if (around != StepKind.Outside)
            return around;
        foreach ((StepKind kind, string[] names) in s_names)
        {
            if (names.Any(part => name.Contains(part, StringComparison.Ordinal)))
                return kind;
        }

        return StepKind.Rest;
    }

    /// <summary>The kind in words.</summary>
    public static string Text(StepKind kind) => kind switch
    {
        StepKind.Convolution => "convolution",
        StepKind.NormalisationShortcutActivation => "BatchNorm, shortcut, activation",
        StepKind.Pooling => "pooling",
        StepKind.Linear => "linear",
        StepKind.Loss => "loss",
        StepKind.Optimizer => "optimizer",
        StepKind.Cast => "casts",
        StepKind.Rest => "rest",
        _ => "outside operations",
    };
}
