namespace ResNetGen.Training;

/// <summary>What a user should know of a recipe before it runs.</summary>
internal static class RecipeNotes
{
    /// <summary>The notes, each a sentence or two.</summary>
    public static IEnumerable<string> Of(Recipe recipe)
    {
        if (recipe.RateBatchSize is { } meant && meant != recipe.BatchSize)
        {
            Recipe scaled = recipe.ForBatch(recipe.BatchSize);
            yield return FormattableString.Invariant(
                $"a step has {recipe.BatchSize} pictures, but the learning rate, {recipe.Schedule.BaseRate:G6}, was chosen for {meant}: the results will be others. ")
                + FormattableString.Invariant($"Scale it by Recipe.ForBatch (here to {scaled.Schedule.BaseRate:G6}, and as many pictures in all), ")
                + FormattableString.Invariant($"or keep the rate's own batch, Recipe.BatchSize = {meant}.");
        }
    }
}
