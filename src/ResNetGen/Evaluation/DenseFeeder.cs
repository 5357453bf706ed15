using System.Runtime.ExceptionServices;
using ResNetGen.Architecture;
using ResNetGen.Data;
using static TorchSharp.torch;

namespace ResNetGen.Evaluation;

/// <summary>
/// Whole pictures of any size: rendered a few pictures at a time on all threads, the next ones while the network is busy, and views of one
/// size put together into batches.
/// </summary>
internal sealed class DenseFeeder(PictureSource source, Normalization normalization, IReadOnlyList<Geometry> views, Shape input, EvaluationOptions options)
{
    // Rendered views that wait; as much again is being rendered meanwhile.
    private const long WaitingBytes = 128L << 20;

    private readonly ThreadLocal<PictureRenderer> _renderers = new(() => new PictureRenderer(source, normalization));

    public IEnumerable<PictureGroup> Groups(PictureRange range, CancellationToken cancellation)
    {
        int step = 1;
        Task<Tensor[][]>? ahead = null;
        try
        {
            ahead = Start(range.First, step, range.End, cancellation);
            for (int first = range.First; first < range.End;)
            {
                Tensor[][] pictures = ahead.GetAwaiter().GetResult();
                int next = first + pictures.Length;
                try
                {
                    step = Fitting(pictures);
                    ahead = Start(next, step, range.End, cancellation);
                    yield return new PictureGroup(first, pictures.Length, Batches(pictures));
                }
                finally
                {
                    Release(pictures);
                }

                first = next;
            }
        }
        finally
        {
            // The thread that renders must not outlive the source; what it has made is of no use any more.
            if (ahead is not null)
            {
                Task.WhenAny(ahead).GetAwaiter().GetResult();
                if (ahead.IsCompletedSuccessfully)
                {
                    Release(ahead.GetAwaiter().GetResult());
                }
            }

            _renderers.Dispose();
        }
    }

    // As many pictures as go into the memory, by the size of those just seen; a few for each thread at least.
    private int Fitting(Tensor[][] pictures)
    {
        long bytes = pictures.Sum(static each => each.Sum(static view => view.numel() * sizeof(float))) / pictures.Length;
        return (int)Math.Clamp(WaitingBytes / Math.Max(bytes, 1), 1, Math.Max(options.BatchSize, 1));
    }

    private Task<Tensor[][]> Start(int first, int count, int end, CancellationToken cancellation)
    {
        count = Math.Min(count, end - first);
        return Task.Run(() => Render(first, count, cancellation), CancellationToken.None);
    }

    private Tensor[][] Render(int first, int count, CancellationToken cancellation)
    {
        Tensor[][] pictures = [.. Enumerable.Range(0, count).Select(_ => new Tensor[views.Count])];
        try
        {
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = options.Workers, CancellationToken = cancellation }, i =>
            {
                for (int view = 0; view < views.Count; view++)
                {
                    pictures[i][view] = _renderers.Value!.Render(first + i, views[view]);
                }
            });
            return pictures;
        }
        catch (Exception e)
        {
            Release(pictures);
            if (e is AggregateException several)
            {
                ExceptionDispatchInfo.Throw(several.Flatten().InnerExceptions[0]);
            }

            throw;
        }
    }

    private IEnumerable<ViewBatch> Batches(Tensor[][] pictures)
    {
        var bySize = pictures.SelectMany(static (views, owner) => views.Select(view => (View: view, Owner: owner)))
            .GroupBy(static each => (Height: each.View.size(2), Width: each.View.size(3)));
        foreach (var size in bySize)
        {
            long rows = Math.Max(1, options.BatchSize * input.Pixels / (size.Key.Height * size.Key.Width));
            foreach ((Tensor View, int Owner)[] chunk in size.Chunk((int)Math.Min(rows, int.MaxValue)))
            {
                using Tensor images = cat([.. chunk.Select(static each => each.View)], 0);
                yield return new ViewBatch(images, [.. chunk.Select(static each => each.Owner)]);
            }
        }
    }

    private static void Release(Tensor[][] pictures)
    {
        foreach (Tensor[] views in pictures)
        {
            foreach (Tensor? view in views)
            {
                view?.Dispose();
            }
        }
    }
}
