namespace ResNetGen.Training;

/// <summary>What a recipe and its options must fulfil before anything is opened, measured or written.</summary>
internal static class RunChecks
{
    /// <summary>Refuses counts and intervals that no run can have.</summary>
    /// <exception cref="BadInputException">One is too low; the message names the property.</exception>
    public static void Require(Recipe recipe, TrainerOptions options)
    {
        AtLeastOne("Recipe.BatchSize", recipe.BatchSize, "pictures in one step");
        AtLeastOne("Recipe.MeasureEvery", recipe.MeasureEvery, "iterations between two readings of the loss");
        AtLeastOne("Recipe.Length", recipe.Length.Count, "iterations or epochs, made by TrainingLength.Iterations or TrainingLength.Epochs");
        RecipeChecks.Require(recipe);
        AtLeastOne("TrainerOptions.LimitBatches", options.LimitBatches, "iterations an epoch, or null for all of them");
        AtLeastOne("TrainerOptions.EvaluateEvery", options.EvaluateEvery, "iterations, or null for an evaluation at the end of each epoch");
        AtLeastOne("TrainerOptions.CheckpointEvery", options.CheckpointEvery, "iterations, or null for a checkpoint at the end of each epoch");
        options.Keep.Require();
    }

    private static void AtLeastOne(string property, long? count, string what)
    {
        if (count < 1)
        {
            throw new BadInputException(FormattableString.Invariant($"{property} is {count}; expected 1 or more: {what}."));
        }
    }
}
