using ResNetGen.Distributed;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Training;

/// <summary>
/// What a step does with the other ranks: their gradients become the mean of all, and a loss that is not finite on one of them stops all,
/// before anybody's update, without a message of its own: it makes the gradients not finite, which all have afterwards.
/// </summary>
internal sealed class StepExchange : IDisposable
{
    private readonly Ranks _ranks;
    private readonly IGradientExchange? _gradients;
    private readonly List<(SubBatch Part, Tensor Loss)> _losses = [];

    public StepExchange(Ranks ranks, IReadOnlyList<(string Name, Parameter Parameter)> parameters)
    {
        _ranks = ranks;
        _gradients = ranks.ExchangeGradients(parameters);
    }

    /// <summary>Whether there is anybody to exchange with.</summary>
    public bool IsOn => _gradients is not null;

    /// <summary>What carries gradients, null where there is nobody to exchange with.</summary>
    public string? Way => _gradients?.Way;

    /// <summary>What the user should know of that, or null.</summary>
    public string? Warning => _gradients?.Warning;

    /// <summary>While it is open, BatchNorm takes its statistics as the run wants them.</summary>
    public IDisposable? Statistics() => _ranks.SynchronizeBatchNorm();

    /// <summary>A part's backward pass comes; the gradients travel with the last one's, added to those before.</summary>
    public void Begin(SubBatch part)
    {
        if (part.IsLast)
        {
            _gradients?.Expect();
        }
    }

    /// <summary>
    /// A loss whose gradients are those of the loss itself, bit for bit, and not a number where it is not finite.
    /// </summary>
    /// <param name="loss">The mean loss of a part.</param>
    /// <param name="part">The part.</param>
    public Tensor Marked(Tensor loss, SubBatch part)
    {
        if (!IsOn)
        {
            return loss;
        }

        Tensor value = loss.detach();
        _losses.Add((part, value.clone().DetachFromDisposeScope()));
        return loss.mul(value.mul(0).add_(1));
    }

    /// <summary>All parts are through: waits until every gradient is the mean over the ranks.</summary>
    public void Finish() => _gradients?.Finish();

    /// <summary>What was not finite, where the gradients of all are not, in the same words on all ranks.</summary>
    /// <param name="forward">Looks for it behind a part's loss.</param>
    /// <param name="backward">Looks for it in the gradients.</param>
    public NotFiniteException Explain(Func<Tensor, SubBatch, NotFiniteException> forward, Func<NotFiniteException> backward)
    {
        NotFiniteException? own = _losses.Where(static one => Native.Finite.FirstNotFinite([one.Loss]) == 0)
            .Select(one => forward(one.Loss, one.Part)).FirstOrDefault();
        IReadOnlyList<string> all = _ranks.Texts(own is null ? "" : $"{own.Layer}\n{own.What}\n{own.Where}");
        for (int rank = 0; rank < all.Count; rank++)
        {
            if (all[rank].Split('\n', 3) is [var layer, var what, var where])
            {
                return new NotFiniteException(FormattableString.Invariant($"{what} on rank {rank}"), where, layer.Length > 0 ? layer : null);
            }
        }

        return backward();
    }

    /// <summary>Forgets the losses of a step.</summary>
    public void Clear()
    {
        _losses.ForEach(static one => one.Loss.Dispose());
        _losses.Clear();
    }

    public void Dispose()
    {
        Clear();
        _gradients?.Dispose();
    }
}
