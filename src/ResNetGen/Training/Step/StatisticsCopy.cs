using ResNetGen.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Training;

/// <summary>
/// A network's buffers (BatchNorm's running statistics) as they were before a step. The forward pass changes them before anybody can
/// know that the step will be given up; with this they come back, and the network is what it was.
/// </summary>
internal sealed class StatisticsCopy : IDisposable
{
    private readonly Tensor[] _buffers;
    private readonly IReadOnlyList<Tensor> _copies;

    /// <param name="network">The network; its buffers are laid out one after another, so that a copy of all is one or two.</param>
    public StatisticsCopy(nn.Module network)
    {
        _buffers = [.. network.named_buffers().Select(static b => b.buffer)];
        FlatStorage.Lay(_buffers);
        _copies = FlatStorage.Like(_buffers);
    }

    /// <summary>Keeps the buffers as they are now.</summary>
    public void Keep() => FlatStorage.Copy(_copies, _buffers);

    /// <summary>Brings them back as they were kept.</summary>
    public void PutBack() => FlatStorage.Copy(_buffers, _copies);

    public void Dispose()
    {
        foreach (Tensor copy in _copies)
        {
            copy.Dispose();
        }
    }
}
