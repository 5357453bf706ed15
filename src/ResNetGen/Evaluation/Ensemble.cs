using static TorchSharp.torch;

namespace ResNetGen.Evaluation;

/// <summary>
/// Networks that classify together: what they say is averaged as the views of a picture are. He et al. 2015 win ILSVRC with six. They share
/// the pictures' normalisation and the classes; they may differ in everything else.
/// </summary>
public sealed class Ensemble : IDisposable
{
    private readonly List<(nn.Module<Tensor, Tensor> Network, Architecture.NetworkArchitecture Architecture)> _members = [];

    /// <summary>Number of networks.</summary>
    public int Count => _members.Count;

    /// <summary>Adds a network, which the ensemble disposes.</summary>
    /// <param name="network">The network, on any device, with weights.</param>
    /// <typeparam name="TNetwork">The network class.</typeparam>
    /// <returns>The same ensemble.</returns>
    public Ensemble Add<TNetwork>(TNetwork network)
        where TNetwork : nn.Module<Tensor, Tensor>, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        _members.Add((network, TNetwork.Architecture));
        return this;
    }

    /// <summary>Disposes the networks.</summary>
    public void Dispose()
    {
        _members.ForEach(static member => member.Network.Dispose());
        _members.Clear();
    }

    internal IReadOnlyList<Member> Members(Precision precision) =>
        [.. _members.Select(member => new Member(member.Network, member.Architecture, Inference.Of(member.Network, precision)))];
}
