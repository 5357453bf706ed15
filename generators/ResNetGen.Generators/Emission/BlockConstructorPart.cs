using ResNetGen.Architecture;

namespace ResNetGen.Generators.Emission;

/// <summary>Makes a block's children and registers them under torchvision's names.</summary>
internal static class BlockConstructorPart
{
    public static void Write(SourceWriter writer, EmitContext context)
    {
        string nn = context.Names["torch"] + ".nn";
        BlockConvolution[] convolutions = [.. BlockConvolution.Of(context)];
        writer.Open($"internal {context.BlockClass}({BlockPart.Parameters(context)}) : base(nameof({context.BlockClass}))");
        foreach (BlockConvolution each in convolutions)
            writer.Write($"""
                Conv{each.Number} = {nn}.Conv2d({each.Arguments});
                Bn{each.Number} = {nn}.BatchNorm2d({each.Channels});
                """);

        writer.Line();
        foreach (BlockConvolution each in convolutions)
            writer.Write($"""
                register_module("conv{each.Number}", Conv{each.Number});
                register_module("bn{each.Number}", Bn{each.Number});
                """);

        WriteShortcut(writer, context, nn);
        writer.Close().Line();
    }

    private static void WriteShortcut(SourceWriter writer, EmitContext context, string nn)
    {
        if (context.Downsampling == Downsampling.Never)
            return;

        writer.Line();
        if (context.Downsampling == Downsampling.Sometimes)
            writer.Open("if (stride != 1 || inChannels != channels)");

        string padding = $"{context.Names["ZeroPadding"]}.{context.Plan.Padding}";
        writer.Write(context.Plan.Shortcut == Shortcut.A
            ? $"Downsample = new {context.Names["ZeroPadShortcut"]}(stride, inChannels, channels, {padding});"
            : $"""
               Downsample = {nn}.Sequential(
                   ("0", {nn}.Conv2d(inChannels, channels, kernel_size: 1, stride: stride, bias: false)),
                   ("1", {nn}.BatchNorm2d(channels)));
               """);
        writer.Write("register_module(\"downsample\", Downsample);");
        if (context.Downsampling == Downsampling.Sometimes)
            writer.Close();
    }
}
