using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace ResNetGen.Data;

/// <summary>
/// Prepares batches on threads of its own, ahead of use, in a fixed number of buffers, and hands them out in order. What a
/// batch holds depends on (source, options, epoch, iteration) alone: neither on the number of threads nor on where the loader
/// started. Pictures that have to be decoded are shared out among the threads a few at a time, so that all cores work on the
/// batch that is waited for, and more threads take no more buffers.
/// </summary>
/// <remarks>One consumer. Batches may be disposed on any thread, also after the loader.</remarks>
public sealed class BatchLoader : IBatchStream
{
    /// <summary>Files that one thread decodes before it looks for more.</summary>
    private const int FilesAtOnce = 4;

    private readonly BatchRenderer renderer;
    private readonly int atOnce;
    private readonly object gate = new();
    private readonly Stack<BatchSlot> free = new();
    private readonly Dictionary<long, BatchSlot> ready = [];
    private readonly List<Filling> unfinished = [];
    private readonly Thread[] threads;
    private readonly long end;
    private long nextToPrepare;
    private long nextToHandOut;
    private ExceptionDispatchInfo? failure;
    private long failedAt;
    private bool stopped;

    /// <summary>Starts to prepare batches at once.</summary>
    /// <param name="source">The pictures.</param>
    /// <param name="normalization">Measured on the training pictures.</param>
    /// <param name="options">Batch size, order, augmentation, layout and where to start.</param>
    /// <exception cref="BadInputException">The batch size is not one that the source can serve.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The start is outside the epoch, or a number below its least value.</exception>
    public BatchLoader(PictureSource source, Normalization normalization, BatchLoaderOptions options)
    {
        renderer = new BatchRenderer(source, normalization, options);
        ArgumentOutOfRangeException.ThrowIfNegative(options.Workers);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Prefetch, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(options.StartEpoch);
        ArgumentOutOfRangeException.ThrowIfNegative(options.StartIteration);
        BatchesPerEpoch = renderer.BatchesPerEpoch;
        // The end of one epoch is the start of the next, and both are ways to write the same position.
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.StartIteration, BatchesPerEpoch);
        nextToPrepare = nextToHandOut = (long)options.StartEpoch * BatchesPerEpoch + options.StartIteration;
        end = BatchesPerEpoch == 0 ? nextToPrepare
            : options.Epochs is { } epochs ? (options.StartEpoch + (long)epochs) * BatchesPerEpoch
            : long.MaxValue;
        // One buffer is with the consumer while the others are filled.
        long slots = Math.Min(options.Prefetch + 1L, Math.Max(0, end - nextToPrepare));
        int capacity = renderer.CountAt(0);
        for (long i = 0; i < slots; i++) free.Push(new BatchSlot(capacity, renderer.ViewsPerPicture, renderer.OutputShape, options.ChannelsLast, options.Pinned));
        atOnce = source.VariesInSize ? FilesAtOnce : int.MaxValue;
        int workers = options.Workers > 0 ? options.Workers : source.VariesInSize ? Environment.ProcessorCount : 1;
        threads = new Thread[source.VariesInSize && slots > 0 ? workers : Math.Min(workers, (int)slots)];
        for (int i = 0; i < threads.Length; i++)
        {
            threads[i] = new Thread(Work) { IsBackground = true, Name = $"batches of {source.Name} {i}" };
            threads[i].Start();
        }
    }

    /// <summary>Batches of one epoch.</summary>
    public int BatchesPerEpoch { get; }

    /// <summary>
    /// The next batch, or null at the end. Waits until it is ready; waits for ever when the caller holds every buffer, so
    /// dispose each batch before asking for more than <see cref="BatchLoaderOptions.Prefetch"/> others.
    /// </summary>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The wait was cancelled; the loader stays usable.</exception>
    /// <exception cref="ObjectDisposedException">The loader was disposed.</exception>
    public Batch? Next(CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        using CancellationTokenRegistration registration = cancellation.Register(WakeAll);
        lock (gate)
        {
            while (true)
            {
                ObjectDisposedException.ThrowIf(stopped, this);
                if (nextToHandOut >= end) return null;
                if (ready.Remove(nextToHandOut, out BatchSlot? slot)) return Wrap(slot, nextToHandOut++);
                // Every batch before the one that failed is still handed out.
                if (nextToHandOut >= failedAt) failure?.Throw();
                cancellation.ThrowIfCancellationRequested();
                Monitor.Wait(gate);
            }
        }
    }

    /// <summary>All remaining batches; each is disposed when the next is asked for.</summary>
    /// <param name="cancellation">Ends the wait for a batch.</param>
    public IEnumerable<Batch> Batches(CancellationToken cancellation = default)
    {
        while (Next(cancellation) is { } batch)
            using (batch)
                yield return batch;
    }

    /// <summary>Ends the threads and frees the buffers; a batch still held keeps its own until it is disposed.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (stopped) return;
            stopped = true;
            Monitor.PulseAll(gate);
        }
        foreach (Thread thread in threads) thread.Join();
        lock (gate)
        {
            foreach (BatchSlot slot in free) slot.Dispose();
            foreach (BatchSlot slot in ready.Values) slot.Dispose();
            foreach (Filling filling in unfinished) filling.Slot.Dispose();
            free.Clear();
            ready.Clear();
            unfinished.Clear();
        }
    }

    internal void Return(BatchSlot slot)
    {
        lock (gate)
        {
            if (stopped)
            {
                slot.Dispose();
                return;
            }
            free.Push(slot);
            Monitor.PulseAll(gate);
        }
    }

    private Batch Wrap(BatchSlot slot, long number)
    {
        (long epoch, long iteration) = Math.DivRem(number, BatchesPerEpoch);
        return new Batch(this, slot, renderer.CountAt((int)iteration), (int)epoch, (int)iteration, iteration == BatchesPerEpoch - 1);
    }

    private void Work()
    {
        while (Take(out Filling? batch, out int first, out int count))
        {
            Exception? error = null;
            try
            {
                (long epoch, long iteration) = Math.DivRem(batch.Number, BatchesPerEpoch);
                renderer.Render((int)epoch, (int)iteration, first, count, batch.Slot.ImageValues, batch.Slot.LabelValues);
            }
            catch (Exception e)
            {
                error = e;
            }
            Finish(batch, count, error);
        }
    }

    /// <summary>The next pictures to prepare, in order: when a batch is begun, all pictures of those before it are taken.</summary>
    private bool Take([NotNullWhen(true)] out Filling? batch, out int first, out int count)
    {
        lock (gate)
        {
            while (true)
            {
                batch = unfinished.Count > 0 && unfinished[^1].Untaken > 0 ? unfinished[^1] : null;
                (first, count) = (0, 0);
                if (stopped || failure is not null) return false;
                if (batch is not null)
                {
                    first = batch.Count - batch.Untaken;
                    count = Math.Min(atOnce, batch.Untaken);
                    batch.Untaken -= count;
                    return true;
                }
                if (nextToPrepare >= end) return false;
                // Number and buffer are taken together: a batch that is waited for always has a buffer.
                if (free.Count > 0) unfinished.Add(new Filling(nextToPrepare, free.Pop(), renderer.CountAt((int)(nextToPrepare++ % BatchesPerEpoch))));
                else Monitor.Wait(gate);
            }
        }
    }

    private void Finish(Filling batch, int count, Exception? error)
    {
        lock (gate)
        {
            batch.Unprepared -= count;
            // A batch with a failure stays unfinished: another thread may still write to its buffer.
            if (error is not null)
            {
                if (failure is null || batch.Number < failedAt) (failure, failedAt) = (ExceptionDispatchInfo.Capture(error), batch.Number);
            }
            else if (batch.Unprepared == 0 && (failure is null || batch.Number < failedAt))
            {
                unfinished.Remove(batch);
                ready.Add(batch.Number, batch.Slot);
            }
            Monitor.PulseAll(gate);
        }
    }

    private void WakeAll()
    {
        lock (gate) Monitor.PulseAll(gate);
    }

    /// <summary>A batch whose pictures are being prepared.</summary>
    private sealed class Filling(long number, BatchSlot slot, int count)
    {
        public long Number => number;

        public BatchSlot Slot => slot;

        public int Count { get; } = count;

        /// <summary>Pictures that no thread has taken yet.</summary>
        public int Untaken { get; set; } = count;

        /// <summary>Pictures that are not written yet.</summary>
        public int Unprepared { get; set; } = count;
    }
}
