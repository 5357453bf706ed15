using System.Runtime.CompilerServices;
using ResNetGen.Architecture;
using ResNetGen.Architecture.Layers;

namespace ResNetGen.Generators.Emission.Classes;

/// <summary>Which layers of a class may write over what reaches them: the architecture's own walk says so.</summary>
internal static class InPlace
{
    /// <summary>The layers, by identity: equal ones may stand at different places.</summary>
    public static ISet<Layer> Of(CollectedClass collected, Func<Layer, bool> isTapped)
    {
        var found = new HashSet<Layer>(new ByReference());
        var tally = new SavedTally { WorksInPlace = layer => found.Add(layer), IsTapped = isTapped };
        foreach (InstanceOf instance in collected.Instances)
        {
            // The caller may want the input again.
            instance.Body.Run(new Signal(instance.Input) { Shared = true }, tally);
        }

        return found;
    }

    private sealed class ByReference : IEqualityComparer<Layer>
    {
        public bool Equals(Layer? one, Layer? other) => ReferenceEquals(one, other);

        public int GetHashCode(Layer layer) => RuntimeHelpers.GetHashCode(layer);
    }
}
