using ResNetGen.Generators.Emission.Classes;
using ResNetGen.Generators.Models;

namespace ResNetGen.Generators.Emission;

/// <summary>Prints the network: the list of its parts, in the order in which they stand in the file.</summary>
internal static class NetworkEmitter
{
    /// <summary>The text of the generated part of the class.</summary>
    public static string Emit(NetworkModel model)
    {
        var context = new EmitContext(model);
        SourceWriter writer = Frame.Open(model);
        DocumentationPart.Write(writer, context);
        writer.Open($"partial class {model.Identifier} : {context.Names.Module}, {context.Names["INetwork"]}<{model.Identifier}>");

        ConstantsPart.Write(writer, context);
        ArchitecturePart.Write(writer, context);
        ConstructorPart.Write(writer, context);
        ChildrenPart.Write(writer, context.Root);
        ForwardPart.Write(writer, context);
        FeaturesPart.Write(writer, context);
        foreach (ModuleClass inner in context.Inside(""))
            ClassPart.Write(writer, context, inner);

        writer.TrimLine().Close();
        return Frame.Close(writer, model, DocumentationPart.Head(context), UsingsPart.Lines(context));
    }
}
