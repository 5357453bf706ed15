using TorchSharp;
using TorchSharp.Modules;

namespace ResNetGen.Training;

/// <summary>Which parameters of a network decay and which do not, each in the order of <c>named_parameters</c>.</summary>
/// <param name="Decaying">Names of the parameters with weight decay.</param>
/// <param name="Exempt">Names of the parameters without.</param>
public sealed record DecayGroups(IReadOnlyList<string> Decaying, IReadOnlyList<string> Exempt)
{
    /// <summary>Splits a network's parameters.</summary>
    /// <param name="network">The network.</param>
    /// <param name="target">Which parameters decay.</param>
    /// <remarks>
    /// Weights of convolutions and linear layers are the parameters called weight that have two dimensions or more:
    /// BatchNorm's have one.
    /// </remarks>
    public static DecayGroups Of(torch.nn.Module network, WeightDecayTarget target)
    {
        ArgumentNullException.ThrowIfNull(network);
        List<string> decaying = [];
        List<string> exempt = [];
        foreach ((string name, Parameter parameter) in network.named_parameters())
        {
            bool decays = target == WeightDecayTarget.AllParameters
                || (parameter.dim() >= 2 && (name == "weight" || name.EndsWith(".weight", StringComparison.Ordinal)));
            (decays ? decaying : exempt).Add(name);
        }

        return new DecayGroups(decaying, exempt);
    }

    /// <summary>The parameters themselves, for an optimizer; a group that would be empty is left out.</summary>
    /// <param name="network">The network, already where it will train: moving it makes new parameters.</param>
    /// <param name="weightDecay">The decay of those that do.</param>
    public IReadOnlyList<ParameterGroup> Parameters(torch.nn.Module network, double weightDecay)
    {
        ArgumentNullException.ThrowIfNull(network);
        Dictionary<string, Parameter> byName = network.named_parameters()
            .ToDictionary(static p => p.name, static p => p.parameter, StringComparer.Ordinal);
        return [.. new[] { Group(Decaying, weightDecay), Group(Exempt, 0) }.Where(static group => group.Parameters.Count > 0)];

        ParameterGroup Group(IReadOnlyList<string> names, double decay) => new([.. names.Select(name => (name, byName[name]))], decay);
    }
}
