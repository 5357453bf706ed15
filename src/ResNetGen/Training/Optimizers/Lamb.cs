using System.Globalization;
using ResNetGen.Native;

namespace ResNetGen.Training;

/// <summary>
/// LAMB (You et al. 2019, algorithm 2): Adam's step, plus decay · weight, scaled in each tensor by |weight| / |step|. The
/// details are timm's, with which "ResNet strikes back" was trained: bias correction; gradients are shortened to a norm of
/// <paramref name="MaxGradientNorm"/> over all parameters together; parameters without weight decay take Adam's step as it is.
/// </summary>
/// <param name="Beta1">How much of the mean gradient is kept at a step.</param>
/// <param name="Beta2">How much of the mean square is kept.</param>
/// <param name="Epsilon">Added to the root of the mean square.</param>
/// <param name="MaxGradientNorm">The longest gradient that is taken as it is; null takes any.</param>
public sealed record Lamb(double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-6, double? MaxGradientNorm = 1) : OptimizerSettings
{
    /// <inheritdoc/>
    public override string Description => Parameters;

    /// <inheritdoc/>
    public override string Parameters => string.Create(CultureInfo.InvariantCulture,
        $"LAMB, betas {Beta1:R} and {Beta2:R}, epsilon {Epsilon:R}, ")
        + (MaxGradientNorm is { } norm ? string.Create(CultureInfo.InvariantCulture, $"gradient norm at most {norm:R}") : "any gradient norm");

    /// <inheritdoc/>
    public override ParameterOptimizer Create(IReadOnlyList<ParameterGroup> groups) =>
        FusedLamb.IsAvailable ? new FusedLambOptimizer(this, groups) : new LambOptimizer(this, groups);

    /// <summary>The square root: LAMB's own rule (You et al. 2019, section 4).</summary>
    /// <param name="batchRatio">The new batch size over the one that the rate was for.</param>
    public override double RateRatio(double batchRatio) => Math.Sqrt(batchRatio);

    internal override void Require()
    {
        RecipeChecks.Within("Optimizer.Beta1", Beta1, static value => value is >= 0 and < 1, "0 or more and less than 1");
        RecipeChecks.Within("Optimizer.Beta2", Beta2, static value => value is >= 0 and < 1, "0 or more and less than 1");
        RecipeChecks.Within("Optimizer.Epsilon", Epsilon, static value => value > 0, "more than 0, such as 1e-6");
        RecipeChecks.Within("Optimizer.MaxGradientNorm", MaxGradientNorm, static value => value > 0, "more than 0, or null for any gradient");
    }
}
