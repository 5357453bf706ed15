using ResNetGen.Generators.Models;

namespace ResNetGen.Generators.Emission;

/// <summary>
/// Prints a class that compiles wherever the network would, and that throws when it is made. Without it one mistake in
/// an attribute would bring an error for every use of the network.
/// </summary>
internal static class StubEmitter
{
    /// <summary>The text of the stub.</summary>
    public static string Emit(NetworkModel network)
    {
        string message = Frame.Quote($"The network '{network.Spec.Name}' was not generated. {string.Join(" ", network.Errors)}");
        SourceWriter writer = Frame.Open(network);
        writer.Open($"partial class {network.Identifier} : {Frame.Module}, global::ResNetGen.INetwork<{network.Identifier}>");
        writer.Write($$"""
            private const string WhyThereIsNoNetwork = {{message}};

            /// <summary>0: there is no network, see the build's errors.</summary>
            public const long ParameterCount = 0;

            /// <summary>0: there is no network, see the build's errors.</summary>
            public const long MultiplyAdds = 0;

            /// <summary>0: there is no network, see the build's errors.</summary>
            public const long Flops = 0;

            /// <summary>0: there is no network, see the build's errors.</summary>
            public const int WeightedLayers = 0;

            /// <summary>Throws: there is no network, see the build's errors.</summary>
            public static global::ResNetGen.Architecture.NetworkArchitecture Architecture =>
                throw new global::System.InvalidOperationException(WhyThereIsNoNetwork);

            /// <summary>Throws: there is no network, see the build's errors.</summary>
            public static {{network.Identifier}} Create() => new();

            /// <summary>Throws: there is no network, see the build's errors.</summary>
            public {{network.Identifier}}() : base({{Frame.Quote(network.Spec.Name)}}) =>
                throw new global::System.InvalidOperationException(WhyThereIsNoNetwork);

            /// <inheritdoc />
            public override global::TorchSharp.torch.Tensor forward(global::TorchSharp.torch.Tensor input) =>
                throw new global::System.InvalidOperationException(WhyThereIsNoNetwork);
            """);
        writer.Close();
        return Frame.Close(writer, network);
    }
}
