using ResNetGen.Distributed;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Training;

/// <summary>
/// Loss and errors summed on the device, so that no step waits for it; they are read only when someone wants to see
/// them. Sums are in doubles and whole numbers: a resumed run goes on with exactly the same ones.
/// </summary>
internal sealed class RunningMetrics : IDisposable
{
    private readonly Tensor _loss;
    private readonly Tensor _wrong;
    private readonly Ranks _ranks;

    public RunningMetrics(Device device, Ranks? ranks = null)
    {
        _ranks = ranks ?? Ranks.One;

        // Outside every scope: the sums outlive the steps.
        _loss = zeros(1, dtype: ScalarType.Float64, device: device).DetachFromDisposeScope();
        _wrong = zeros(1, dtype: ScalarType.Int64, device: device).DetachFromDisposeScope();
    }

    /// <summary>Iterations since the last reset.</summary>
    public long Iterations { get; private set; }

    /// <summary>Pictures since the last reset, of all ranks together.</summary>
    public long Images { get; private set; }

    /// <summary>Adds a batch, or a part of one; reads nothing back.</summary>
    /// <param name="loss">Its mean loss.</param>
    /// <param name="logits">[N, classes].</param>
    /// <param name="labels">[N], Int64.</param>
    public void Add(Tensor loss, Tensor logits, Tensor labels)
    {
        AddSums(loss, logits, labels);
        Count(labels.size(0));
    }

    /// <summary>The part of <see cref="Add"/> that the device does.</summary>
    public void AddSums(Tensor loss, Tensor logits, Tensor labels)
    {
        long count = labels.size(0);
        using IDisposable guard = no_grad();
        using DisposeScope scope = NewDisposeScope();
        _loss.add_(loss.detach().to(ScalarType.Float64).mul(count));
        _wrong.add_(logits.argmax(1).ne(labels).sum());
    }

    /// <summary>The part of it that the device need not know: pictures that were added.</summary>
    public void Count(long images) => Images += images * _ranks.Count;

    /// <summary>All parts of a step have been added.</summary>
    public void CountIteration() => Iterations++;

    /// <summary>Waits for the device, and for the other ranks, and reads the sums of all.</summary>
    public MetricSums Read()
    {
        using Tensor loss = _loss.cpu();
        using Tensor wrong = _wrong.cpu();

        // Pictures are counted in doubles on the way: whole numbers up to 2^53 are exact.
        double[][] all = _ranks.Gather([loss.item<double>(), wrong.item<long>()]);
        return new MetricSums([.. all.Select(static one => one[0])], [.. all.Select(static one => (long)one[1])]);
    }

    /// <summary>Starts again from nothing.</summary>
    public void Reset() => Restore(new MetricSums([0], [0]), 0, 0);

    /// <summary>Goes on from sums that were read before, by as many ranks or by others.</summary>
    public void Restore(MetricSums sums, long iterations, long images)
    {
        (double lossSum, long wrong) = sums.For(_ranks.Rank, _ranks.Count);
        using IDisposable guard = no_grad();
        _loss.fill_(lossSum);
        _wrong.fill_(wrong);
        Iterations = iterations;
        Images = images;
    }

    public void Dispose()
    {
        _loss.Dispose();
        _wrong.Dispose();
    }
}
