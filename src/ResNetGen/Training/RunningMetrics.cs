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

    public RunningMetrics(Device device)
    {
        // Outside every scope: the sums outlive the steps.
        _loss = zeros(1, dtype: ScalarType.Float64, device: device).DetachFromDisposeScope();
        _wrong = zeros(1, dtype: ScalarType.Int64, device: device).DetachFromDisposeScope();
    }

    /// <summary>Iterations since the last reset.</summary>
    public long Iterations { get; private set; }

    /// <summary>Pictures since the last reset.</summary>
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
    public void Count(long images) => Images += images;

    /// <summary>All parts of a step have been added.</summary>
    public void CountIteration() => Iterations++;

    /// <summary>Waits for the device and reads the sums: total loss over all pictures, and pictures classified wrongly.</summary>
    public (double LossSum, long Wrong) Read()
    {
        using Tensor loss = _loss.cpu();
        using Tensor wrong = _wrong.cpu();
        return (loss.item<double>(), wrong.item<long>());
    }

    /// <summary>Starts again from nothing.</summary>
    public void Reset() => Restore(0, 0, 0, 0);

    /// <summary>Goes on from sums that were read before.</summary>
    public void Restore(double lossSum, long wrong, long iterations, long images)
    {
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
