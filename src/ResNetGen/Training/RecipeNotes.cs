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
                + FormattableString.Invariant($"Scaled to the batch it is {scaled.Schedule.BaseRate:G6}, with {(double)meant / recipe.BatchSize:G3} times the iterations: ")
                + FormattableString.Invariant($"Recipe.ForBatch({recipe.BatchSize}) does both. Or take {meant} pictures a step.");
        }
    }
}
