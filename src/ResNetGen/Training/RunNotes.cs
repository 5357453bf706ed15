using ResNetGen.Architecture;
using ResNetGen.Architecture.Layers;
using ResNetGen.Distributed;
using ResNetGen.Native;

namespace ResNetGen.Training;

/// <summary>What a user should know of a run before its first step, besides its recipe.</summary>
internal static class RunNotes
{
    /// <summary>Where a network asks for what is not here.</summary>
    public static IEnumerable<string> Of(NetworkArchitecture architecture)
    {
        if (architecture.Recompute != Recompute.None && !BlockRecomputation.IsAvailable)
        {
            yield return $"Recompute = {architecture.Recompute} needs ResNetGen's native library, which is not here: everything is kept, as with None.";
        }
    }

    /// <summary>Where several ranks do other than one process would.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="recipe">How they train.</param>
    /// <param name="normalizes">Whether the network has BatchNorm.</param>
    /// <param name="synchronizes">Whether its statistics are taken over all ranks.</param>
    /// <param name="captures">Whether one process would have recorded its steps.</param>
    public static IEnumerable<string> Of(Ranks ranks, Recipe recipe, bool normalizes, bool synchronizes, bool captures)
    {
        int share = recipe.BatchSize / ranks.Count;
        if (ranks.Count > 1 && normalizes && !synchronizes && !(recipe.GhostBatch <= share))
        {
            yield return FormattableString.Invariant(
                $"BatchNorm takes its statistics over the {share} pictures of a rank, not over the {recipe.GhostBatch ?? recipe.BatchSize} of the recipe, and rank 0's running statistics are evaluated and saved. TrainerOptions.SynchronizedBatchNorm (--sync-batch-norm in the samples) takes them over all ranks.");
        }

        if (ranks.Count > 1 && recipe.Mixing is not null)
        {
            yield return "pictures are mixed with the whole batch in reverse order, as one process would mix them: each rank makes the pictures of the opposite rank as well as its own.";
        }

        if (ranks.Count > 1 && captures)
        {
            yield return "steps are made operation by operation: they are not recorded as a CUDA graph where ranks exchange gradients.";
        }
    }
}
