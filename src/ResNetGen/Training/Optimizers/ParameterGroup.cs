using TorchSharp.Modules;

namespace ResNetGen.Training;

/// <summary>Parameters with one weight decay.</summary>
/// <param name="Parameters">The parameters with their names in the network.</param>
/// <param name="WeightDecay">Their weight decay.</param>
public sealed record ParameterGroup(IReadOnlyList<(string Name, Parameter Parameter)> Parameters, double WeightDecay);
