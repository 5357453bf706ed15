using System.Runtime.ExceptionServices;

namespace ResNetGen.Data;

/// <summary>
/// Prepares batches on threads of its own, ahead of use, in a fixed number of buffers, and hands them out in order. What a
/// batch holds depends on (source, options, epoch, iteration) alone: neither on the number of threads nor on where the loader
/// started.
/// </summary>
/// <remarks>One consumer. Batches may be disposed on any thread, also after the loader.</remarks>
public sealed class BatchLoader : IDisposable
{
    private readonly BatchRenderer renderer;
    private readonly BatchLoaderOptions options;
    private readonly object gate = new();
    private readonly Stack<BatchSlot> free = new();
    private readonly Dictionary<long, BatchSlot> ready = [];
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
        this.options = options;
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Workers, 1);
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
        int capacity = Math.Min(options.BatchSize, source.Count);
        for (long i = 0; i < slots; i++) free.Push(new BatchSlot(capacity, renderer.ViewsPerPicture, renderer.OutputShape, options.ChannelsLast));
        threads = new Thread[Math.Min(options.Workers, (int)slots)];
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
            free.Clear();
            ready.Clear();
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
        while (true)
        {
            long number;
            BatchSlot slot;
            lock (gate)
            {
                // Number and buffer are taken together: a batch that is waited for always has a buffer.
                while (!stopped && failure is null && free.Count == 0 && nextToPrepare < end) Monitor.Wait(gate);
                if (stopped || failure is not null || nextToPrepare >= end) return;
                number = nextToPrepare++;
                slot = free.Pop();
            }
            Exception? error = null;
            try
            {
                (long epoch, long iteration) = Math.DivRem(number, BatchesPerEpoch);
                renderer.Render((int)epoch, (int)iteration, slot.ImageValues, slot.LabelValues);
            }
            catch (Exception e)
            {
                error = e;
            }
            lock (gate)
            {
                if (error is null) ready.Add(number, slot);
                else
                {
                    free.Push(slot);
                    if (failure is null || number < failedAt) (failure, failedAt) = (ExceptionDispatchInfo.Capture(error), number);
                }
                Monitor.PulseAll(gate);
            }
        }
    }

    private void WakeAll()
    {
        lock (gate) Monitor.PulseAll(gate);
    }
}
