using TorchSharp;
using TorchSharp.Modules;

namespace ResNetGen.Training;

/// <summary>Which parameters of a network decay and which do not, each in the order of <c>named_parameters</c>.</summary>
/// <param name="Decaying">Names of the parameters with weight decay.</param>
/// <param name="Exempt">Names of the parameters without.</param>
public sealed record DecayGroups(IReadOnlyList<string> Decaying, IReadOnlyList<string> Exempt)
{
    /// <summary>All names, in the order in which the optimizer holds their parameters.</summary>
    public IReadOnlyList<string> All => [.. Decaying, .. Exempt];

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

    /// <summary>SGD over the two groups, at the recipe's settings; the rate is set before each step.</summary>
    /// <param name="network">The network, already where it will train: moving it makes new parameters.</param>
    /// <param name="recipe">The recipe.</param>
    public SGD CreateOptimizer(torch.nn.Module network, Recipe recipe)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(recipe);
        Dictionary<string, Parameter> byName = network.named_parameters()
            .ToDictionary(static p => p.name, static p => p.parameter, StringComparer.Ordinal);
        List<SGD.ParamGroup> parts = [];
        Add(Decaying, recipe.WeightDecay);
        Add(Exempt, 0);
        return torch.optim.SGD(parts, learningRate: 0, momentum: recipe.Momentum, nesterov: recipe.Nesterov);

        void Add(IReadOnlyList<string> names, double decay)
        {
            if (names.Count > 0)
            {
                parts.Add(new SGD.ParamGroup(
                    names.Select(name => byName[name]), 0, recipe.Momentum, 0, decay, recipe.Nesterov));
            }
        }
    }
}
