using System.Globalization;
using ResNetGen.Data;

namespace ResNetGen.Training;

/// <summary>One setting of a recipe.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Text">Its value for people; numbers may be rounded.</param>
/// <param name="Exact">Its value with every number to the last bit.</param>
internal readonly record struct RecipeLine(string Name, string Text, string Exact)
{
    /// <summary>A setting whose text for people is exact.</summary>
    public static RecipeLine Of(string name, string text) => new(name, text, text);
}

/// <summary>Every setting of a recipe, one a line, also those that are off: what is printed, stored and compared on resume.</summary>
internal static class RecipeText
{
    public static IReadOnlyList<RecipeLine> Of(Recipe recipe) =>
    [
        RecipeLine.Of("recipe", recipe.Name),
        RecipeLine.Of("source", recipe.Source),
        RecipeLine.Of("length", recipe.Length.ToString()),
        RecipeLine.Of("batch size", Text($"{recipe.BatchSize}")),
        new("learning rate", recipe.Schedule.Description, recipe.Schedule.Parameters),
        RecipeLine.Of("rate chosen for", recipe.RateBatchSize is { } size ? Text($"batches of {size}") : "no batch size in particular"),
        new("warm-up", recipe.WarmUp?.Description ?? "none", recipe.WarmUp?.Parameters ?? "none"),
        new("optimizer", recipe.Optimizer.Description, recipe.Optimizer.Parameters),
        RecipeLine.Of("weight decay", Text($"{recipe.WeightDecay:R} on {Decaying(recipe.WeightDecayOn)}")),
        RecipeLine.Of("gradient clipping", recipe.ClipGradientNorm is { } norm ? Text($"norm at most {norm:R}") : "none"),
        new("loss", recipe.Loss.Description, recipe.Loss.Parameters),
        RecipeLine.Of("label smoothing", Text($"{recipe.LabelSmoothing:R}")),
        RecipeLine.Of("mixing", recipe.Mixing?.Description ?? "none"),
        RecipeLine.Of("BatchNorm statistics", recipe.GhostBatch is { } ghost
            ? Text($"over ghost batches of {ghost}, running statistics from each in turn")
            : recipe.MicroBatch is null ? "over the whole batch" : "over micro-batches"),
        RecipeLine.Of("gradient accumulation", recipe.MicroBatch is { } micro ? Text($"micro-batches of {micro}") : "none"),
        RecipeLine.Of("weight average", recipe.Average?.Description ?? "none"),
        RecipeLine.Of("normalisation", recipe.Normalization switch
        {
            NormalizationKind.PerPixelMean => "per-pixel mean subtracted",
            NormalizationKind.PerChannel => "per-channel mean and deviation",
            NormalizationKind.ImageNet => "ImageNet's means and deviations",
            _ => "none",
        }),
        RecipeLine.Of("augmentation", recipe.Augmentation.Description),
        RecipeLine.Of("tested on", recipe.Test?.Description ?? "what is usual for the pictures"),
    ];

    private static string Text(FormattableString text) => FormattableString.Invariant(text);

    private static string Decaying(WeightDecayTarget target) => target == WeightDecayTarget.AllParameters
        ? "all parameters"
        : "convolution and linear weights";
}
