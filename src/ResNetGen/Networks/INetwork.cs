using ResNetGen.Architecture;
using TorchSharp;

namespace ResNetGen;

/// <summary>
/// A network that can be made and described without reflection. Generated classes implement it. A hand-written module may,
/// too, where a specification describes it: a <see cref="NetworkArchitecture"/> comes only from a <see cref="NetworkSpec"/>, which
/// is one of a family's (<see cref="ResNetSpec"/>, <see cref="VggSpec"/>, …) or a <see cref="CustomNetworkSpec"/>.
/// </summary>
/// <remarks>
/// Nothing but <see cref="SelfChecks.SelfCheck{TNetwork}(TNetwork)"/> compares a hand-written module with the architecture that it
/// names: input shape, classes, printed costs and the checkpoint's fingerprint are the architecture's; what is trained and saved
/// are the module's own tensors.
/// </remarks>
/// <typeparam name="TSelf">The network class itself.</typeparam>
public interface INetwork<TSelf>
    where TSelf : torch.nn.Module<torch.Tensor, torch.Tensor>, INetwork<TSelf>
{
    /// <summary>Makes a network with freshly initialised weights, drawn from torch's default generator.</summary>
    static abstract TSelf Create();

    /// <summary>The network's layers, shapes and costs, and the fingerprint that its checkpoints carry.</summary>
    static abstract NetworkArchitecture Architecture { get; }
}
