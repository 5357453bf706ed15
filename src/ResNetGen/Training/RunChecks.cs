using ResNetGen.Distributed;

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
        if (options.CommunicationTimeout is { } timeout && (timeout < TimeSpan.FromSeconds(1) || timeout > TimeSpan.FromDays(1)))
        {
            throw new BadInputException($"TrainerOptions.CommunicationTimeout is {timeout}; expected one second to one day, or null for {JoinedRanks.UsualTimeout.TotalMinutes} minutes.");
        }
    }

    /// <summary>Refuses what cannot be shared out among several ranks.</summary>
    /// <exception cref="BadInputException">The batch cannot be divided, or two ways to normalise exclude each other.</exception>
    public static void RequireShares(Recipe recipe, TrainerOptions options, RankEnvironment? ranks)
    {
        if (ranks is null)
        {
            return;
        }

        recipe.RequireShares(ranks.WorldSize);
        if (options.SynchronizedBatchNorm && recipe.GhostBatch is { } ghost)
        {
            throw new BadInputException(FormattableString.Invariant(
                $"Recipe.GhostBatch is {ghost}, and TrainerOptions.SynchronizedBatchNorm is set: the one takes BatchNorm's statistics over a part of the batch, the other over all of it. Leave one of them out."));
        }
    }

    private static void AtLeastOne(string property, long? count, string what)
    {
        if (count < 1)
        {
            throw new BadInputException(FormattableString.Invariant($"{property} is {count}; expected 1 or more: {what}."));
        }
    }
}
