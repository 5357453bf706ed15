using ResNetGen.Generators.Emission.Classes;
using ResNetGen.Generators.Emission.Forward;

namespace ResNetGen.Generators.Emission;

/// <summary>A nested class: a block that the stages repeat, a branch that the user has declared, a network that is used.</summary>
internal static class ClassPart
{
    /// <summary>Writes a class with everything inside it.</summary>
    public static void Write(SourceWriter writer, EmitContext context, ModuleClass each)
    {
        Names names = context.Names;
        string name = each.Declared?.Identifier ?? names.Class(each.Name);
        writer.Write($"/// <summary>{ClassSummary.Of(each)}</summary>");
        writer.Open($"{(each.Declared is null ? "public sealed" : "partial")} class {name} : {names.Module}");
        ConstructorPart.WriteOf(writer, each, name);
        ChildrenPart.Write(writer, each);
        WriteForward(writer, context, each);
        ConstructorPart.WriteRegistration(writer);
        if (each.StageRule is { } rule)
            WriteStage(writer, context, name, rule);

        foreach (ModuleClass inner in context.Inside(each.Name))
            Write(writer, context, inner);

        writer.TrimLine().Close().Line();
    }

    private static void WriteForward(SourceWriter writer, EmitContext context, ModuleClass each)
    {
        string tensor = context.Names.Tensor;
        string input = each.Input is { } taken ? ForwardPart.Batch(taken) : "[N, inChannels, H, W]";
        string output = each.Output is { } given ? ForwardPart.Batch(given) : "[N, channels, H / stride, W / stride]";
        writer.Write($"""
            /// <summary>The output, {output}.</summary>
            /// <param name="input">Feature maps, {input}; they stay the caller's.</param>
            """);
        writer.Open($"public override {tensor} forward({tensor} input)");
        ForwardPart.WriteReturn(writer, new ForwardWriter(each, writer).Write());
        writer.Close().Line();
    }

    private static void WriteStage(SourceWriter writer, EmitContext context, string name, StageRule rule)
    {
        string list = $"{context.Names["ModuleList"]}<{name}>";
        writer.Open($"internal static {list} Stage(int count{rule.Declaration})");
        writer.Write($"""
            var blocks = new {list}(new {name}({rule.First}));
            for (int i = 1; i < count; i++)
                blocks.Add(new {name}({rule.Rest}));

            return blocks;
            """);
        writer.Close().Line();
    }
}
