using ResNetGen.Architecture;

namespace ResNetGen.Generators.Emission;

/// <summary>The nested class of the block that the stages repeat.</summary>
internal static class BlockPart
{
    public static void Write(SourceWriter writer, EmitContext context)
    {
        Names names = context.Names;
        string name = context.BlockClass;
        writer.Write($"/// <summary>{Summary(context)}</summary>");
        writer.Open($"public sealed class {name} : {names.Module}");
        BlockConstructorPart.Write(writer, context);
        WriteChildren(writer, context);
        WriteForward(writer, context);
        ConstructorPart.WriteRegistration(writer);
        WriteStage(writer, context);
        writer.Close();
    }

    /// <summary>The constructor's parameters, which <c>Stage</c> takes as well.</summary>
    public static string Parameters(EmitContext context) =>
        $"int inChannels, {(context.IsBottleneck ? "int width, " : "")}int channels, int stride";

    private static string Summary(EmitContext context)
    {
        string branch = (context.IsBottleneck, context.Plan.Groups) switch
        {
            (false, _) => "Two 3×3 convolutions",
            (_, 1) => "A 1×1, a 3×3 and a 1×1 convolution",
            (_, int groups) => FormattableString.Invariant($"A 1×1 convolution, a 3×3 one in {groups} groups, and a 1×1"),
        };
        return context.Plan.Shortcut is null ? branch + "." : branch + ", added to their input.";
    }

    private static void WriteChildren(SourceWriter writer, EmitContext context)
    {
        Names names = context.Names;
        foreach (BlockConvolution each in BlockConvolution.Of(context))
            writer.Write($$"""
                /// <summary>{{each.Summary}}</summary>
                public {{names["Conv2d"]}} Conv{{each.Number}} { get; }

                /// <summary>Batch normalisation of what <see cref="Conv{{each.Number}}"/> gives.</summary>
                public {{names["BatchNorm2d"]}} Bn{{each.Number}} { get; }

                """);

        if (context.Downsampling != Downsampling.Never)
            writer.Write($$"""
                /// <summary>{{ShortcutSummary(context)}}</summary>
                public {{ShortcutType(context)}} Downsample { get; }

                """);
    }

    private static string ShortcutType(EmitContext context)
    {
        string type = context.Names[context.Plan.Shortcut == Shortcut.A ? "ZeroPadShortcut" : "Sequential"];
        return context.Downsampling == Downsampling.Sometimes ? type + "?" : type;
    }

    private static string ShortcutSummary(EmitContext context)
    {
        string shortcut = context.Plan.Shortcut == Shortcut.A
            ? "Shortcut A: zero channels for what the input lacks"
            : $"Shortcut {context.Plan.Shortcut}: a 1×1 convolution and batch normalisation";
        return context.Downsampling == Downsampling.Sometimes ? shortcut + "; null where the shape stays." : shortcut + ".";
    }

    private static void WriteForward(SourceWriter writer, EmitContext context)
    {
        string tensor = context.Names.Tensor;
        bool plain = context.Plan.Shortcut is null;
        writer.Write($"""
            /// <summary>The block's output, [N, channels, H / stride, W / stride].</summary>
            /// <param name="input">Feature maps, [N, inChannels, H, W]; they stay the caller's.</param>
            """);
        writer.Open($"public override {tensor} forward({tensor} input)");
        writer.Write($"{tensor} x = Bn1.Consume(Conv1.call(input)).relu_();");
        if (context.IsBottleneck)
            writer.Write("x = Bn2.Consume(Conv2.Consume(x)).relu_();");

        string last = context.IsBottleneck ? "Bn3.Consume(Conv3.Consume(x))" : "Bn2.Consume(Conv2.Consume(x))";
        if (plain)
        {
            writer.Write($"return {last}.relu_();");
        }
        else
        {
            writer.Write($"x = {last};");
            if (context.Downsampling == Downsampling.Sometimes)
                writer.Write("""
                    if (Downsample is null)
                        return x.add_(input).relu_();

                    """);

            writer.Write(context.Downsampling == Downsampling.Never
                ? "return x.add_(input).relu_();"
                : $"""
                   using {tensor} shortcut = Downsample.call(input);
                   return x.add_(shortcut).relu_();
                   """);
        }

        writer.Close().Line();
    }

    private static void WriteStage(SourceWriter writer, EmitContext context)
    {
        string list = $"{context.Names["ModuleList"]}<{context.BlockClass}>";
        string width = context.IsBottleneck ? "width, " : "";
        writer.Open($"internal static {list} Stage(int count, {Parameters(context)})");
        writer.Write($"""
            var blocks = new {list}(new {context.BlockClass}(inChannels, {width}channels, stride));
            for (int i = 1; i < count; i++)
                blocks.Add(new {context.BlockClass}(channels, {width}channels, stride: 1));

            return blocks;
            """);
        writer.Close();
    }
}
