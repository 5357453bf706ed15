using ResNetGen.Generators.Models;

namespace ResNetGen.Generators.Emission;

/// <summary>Prints the network.</summary>
internal static class NetworkEmitter
{
    /// <summary>The text of the generated part of the class.</summary>
    public static string Emit(NetworkModel network) => StubEmitter.Emit(network);
}
