using ResNetGen.Generators.Models;

namespace ResNetGen.Generators.Emission;

/// <summary>
/// Prints a class that compiles wherever the network would, with the children of the nearest network there is, and that
/// throws when it is made. Without it one mistake in an attribute would bring an error for every use of the network.
/// </summary>
internal static class StubEmitter
{
    private const string NoNetwork = "There is no network: see the build's errors.";

    /// <summary>The text of the stub.</summary>
    public static string Emit(NetworkModel model)
    {
        var context = new EmitContext(model);
        SourceWriter writer = Frame.Open(model, usings: UsingsPart.Lines(context));
        writer.Write($"/// <summary>{NoNetwork}</summary>");
        writer.Open($"partial class {model.Identifier} : {Frame.Module}, global::ResNetGen.INetwork<{model.Identifier}>");
        WriteMembers(writer, model);
        ChildrenPart.Write(writer, context);
        BlockPart.Write(writer, context);
        writer.Close();
        return Frame.Close(writer, model);
    }

    private static void WriteMembers(SourceWriter writer, NetworkModel model)
    {
        string self = model.Identifier;
        string message = Frame.Quote($"The network '{model.Spec.Name}' was not generated. {string.Join(" ", model.Errors)}");
        string fail = $"throw new global::System.InvalidOperationException({message});";
        (string Type, string Name)[] counts = [("long", "ParameterCount"), ("long", "MultiplyAdds"), ("long", "Flops"), ("int", "WeightedLayers")];
        foreach ((string type, string name) in counts)
        {
            writer.Write($"""
                /// <summary>{NoNetwork}</summary>
                public const {type} {name} = 0;

                """);
        }
        writer.Write($$"""
            /// <summary>{{NoNetwork}}</summary>
            public static global::ResNetGen.Architecture.NetworkArchitecture Architecture =>
                {{fail}}

            /// <summary>{{NoNetwork}}</summary>
            public {{self}}() : base({{Frame.Quote(model.Spec.Name)}}) =>
                {{fail}}

            /// <summary>{{NoNetwork}}</summary>
            public static {{self}} Create() => new();

            /// <inheritdoc />
            public override global::TorchSharp.torch.Tensor forward(global::TorchSharp.torch.Tensor input) =>
                {{fail}}

            """);
    }
}
