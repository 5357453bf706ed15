namespace ResNetGen.Training;

/// <summary>What the numbers of a recipe must fulfil; the messages name the property.</summary>
internal static class RecipeChecks
{
    /// <summary>Refuses a recipe that nothing can be trained by.</summary>
    /// <exception cref="BadInputException">A number is out of its range, or two settings exclude each other.</exception>
    public static void Require(Recipe recipe)
    {
        Part("GhostBatch", recipe.GhostBatch, recipe.BatchSize);
        Part("MicroBatch", recipe.MicroBatch, recipe.BatchSize);
        if (recipe is { GhostBatch: { } ghost, MicroBatch: not null })
        {
            throw new BadInputException(FormattableString.Invariant(
                $"Recipe.GhostBatch and Recipe.MicroBatch are both set. The network sees one ghost batch of {ghost} at a time already: leave MicroBatch out."));
        }

        if (recipe.RateBatchSize is < 1)
        {
            throw Bad("RateBatchSize", recipe.RateBatchSize.Value, "1 or more pictures, or null");
        }

        Within("WeightDecay", recipe.WeightDecay, static value => value >= 0, "0 or more");
        Within("LabelSmoothing", recipe.LabelSmoothing, static value => value is >= 0 and < 1, "0 or more and less than 1");
        Within("ClipGradientNorm", recipe.ClipGradientNorm, static value => value > 0, "more than 0, or null for no clipping");
        Within("Average.Decay", recipe.Average?.Decay, static value => value is > 0 and < 1, "more than 0 and less than 1, such as 0.9999");
        Within("Schedule.BaseRate", recipe.Schedule.BaseRate, static value => value >= 0, "0 or more");
        recipe.Schedule.Require();
        recipe.WarmUp?.Require();
        recipe.Optimizer.Require();
        if (recipe.Mixing is { } mixing)
        {
            Within("Mixing.Mixup", mixing.Mixup, static value => value >= 0, "0 or more");
            Within("Mixing.Cutmix", mixing.Cutmix, static value => value >= 0, "0 or more");
            Within("Mixing.Switch", mixing.Switch, static value => value is >= 0 and <= 1, "0 to 1");
            Within("Mixing.Probability", mixing.Probability, static value => value is >= 0 and <= 1, "0 to 1");
            if (mixing is { Mixup: 0, Cutmix: 0 })
            {
                throw new BadInputException("Recipe.Mixing mixes nothing: give Mixup or Cutmix an alpha above 0, or leave Mixing out.");
            }
        }
    }

    private static void Part(string property, int? size, int batch)
    {
        if (size is { } pictures && (pictures < 1 || pictures > batch))
        {
            throw Bad(property, pictures, FormattableString.Invariant($"1 to {batch} pictures, the batch size, or null for the whole batch"));
        }
    }

    /// <summary>Refuses a number that is not finite or does not fit.</summary>
    /// <param name="property">The property below <c>Recipe</c>, as messages name it.</param>
    /// <param name="value">Its value; null is none.</param>
    /// <param name="fits">Whether a finite number fits.</param>
    /// <param name="expected">What would fit, for the message.</param>
    /// <exception cref="BadInputException">It does not.</exception>
    internal static void Within(string property, double? value, Func<double, bool> fits, string expected)
    {
        if (value is { } number && !(double.IsFinite(number) && fits(number)))
        {
            throw Bad(property, number, expected);
        }
    }

    private static BadInputException Bad(string property, double found, string expected) =>
        new(FormattableString.Invariant($"Recipe.{property} is {found}; expected {expected}."));
}
