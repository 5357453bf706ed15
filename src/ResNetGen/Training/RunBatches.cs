using System.Globalization;
using System.Runtime.ExceptionServices;
using ResNetGen.Data;
using ResNetGen.Distributed;

namespace ResNetGen.Training;

/// <summary>
/// What a run reads, agreed upon by all ranks: before each step each says whether it has its pictures and whether it was asked to stop, and
/// all go on, or none.
/// </summary>
/// <param name="ranks">The ranks.</param>
/// <param name="batches">This one's batches.</param>
/// <param name="clock">Counts the waiting for them.</param>
/// <param name="stop">Whether this one is to stop.</param>
/// <param name="save">Saves what was learned so far and says where it is; called on all ranks.</param>
internal sealed class RunBatches(Ranks ranks, BatchSource batches, RunClock clock, CancellationToken stop, Func<string?> save)
{
    /// <summary>The batch of a step, or null where the run is to stop before it.</summary>
    /// <param name="iteration">Iterations done.</param>
    /// <exception cref="BadInputException">The pictures cannot be read any more, on one rank at least.</exception>
    public Batch? Next(long iteration)
    {
        Batch? batch = null;
        Exception? failure = null;
        bool stops = stop.IsCancellationRequested;
        try
        {
            batch = stops ? null : clock.Waiting(() => batches.Next(iteration, CancellationToken.None));
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            failure = e;
        }

        StepSignal signal = ranks.Agree(failure is not null ? StepSignal.Failed : stops ? StepSignal.Stop : StepSignal.Go);
        if (signal == StepSignal.Go)
        {
            return batch;
        }

        batch?.Dispose();
        return signal == StepSignal.Stop ? null : throw Unreadable(Found(failure), iteration);
    }

    /// <summary>Something that reads pictures on all ranks, and fails on all where it fails.</summary>
    /// <exception cref="BadInputException">The pictures cannot be read any more.</exception>
    public T Reading<T>(long iteration, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            throw Unreadable(e, iteration);
        }
    }

    /// <summary>The failure that all ranks throw: each its own, or the first of the others'.</summary>
    private Exception Found(Exception? own)
    {
        if (!ranks.AreJoined)
        {
            return own!;
        }

        try
        {
            ranks.Together(() =>
            {
                if (own is not null)
                {
                    ExceptionDispatchInfo.Throw(own);
                }
            });
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            return e;
        }

        throw new InvalidOperationException("A rank gave its batch up and does not say why.");
    }

    /// <summary>Pictures that cannot be read any more end the run, but not before all it has learned is saved.</summary>
    private Exception Unreadable(Exception failure, long iteration)
    {
        if (iteration == 0)
        {
            ExceptionDispatchInfo.Throw(ranks.Known(failure));
        }

        string? checkpoint = save();
        return ranks.Known(new BadInputException(string.Create(CultureInfo.InvariantCulture,
            $"{failure.Message} Training stopped after iteration {iteration:N0}, which {checkpoint} holds. Bring the pictures back and resume the run."), failure));
    }

    private static bool IsUnreadable(Exception e) => e is BadInputException or IOException or UnauthorizedAccessException;
}
