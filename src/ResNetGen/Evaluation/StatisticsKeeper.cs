using static TorchSharp.torch;

namespace ResNetGen.Evaluation;

/// <summary>Brings a network's buffers back, the running statistics that passes in training mode move, unless they are to stay moved.</summary>
internal sealed class StatisticsKeeper : IDisposable
{
    private readonly List<(Tensor Live, Tensor Copy)> _buffers = [];
    private bool _accepted;

    public StatisticsKeeper(nn.Module network)
    {
        foreach (Tensor buffer in network.buffers())
        {
            _buffers.Add((buffer, buffer.detach().clone().DetachFromDisposeScope()));
        }
    }

    /// <summary>The buffers stay as they are now.</summary>
    public void Accept() => _accepted = true;

    public void Dispose()
    {
        using IDisposable guard = no_grad();
        foreach ((Tensor live, Tensor copy) in _buffers)
        {
            if (!_accepted)
            {
                live.copy_(copy);
            }

            copy.Dispose();
        }
    }
}
