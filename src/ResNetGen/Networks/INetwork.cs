using ResNetGen.Architecture;
using TorchSharp;

namespace ResNetGen;

/// <summary>
/// A network that can be made and described without reflection. Generated classes implement it; a hand-written
/// module may, too, and is then trained, checkpointed and summarised like any other.
/// </summary>
/// <typeparam name="TSelf">The network class itself.</typeparam>
public interface INetwork<TSelf>
    where TSelf : torch.nn.Module<torch.Tensor, torch.Tensor>, INetwork<TSelf>
{
    /// <summary>Makes a network with freshly initialised weights, drawn from torch's default generator.</summary>
    static abstract TSelf Create();

    /// <summary>The network's layers, shapes and costs, and the fingerprint that its checkpoints carry.</summary>
    static abstract NetworkArchitecture Architecture { get; }
}
