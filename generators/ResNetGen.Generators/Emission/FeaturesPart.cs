using ResNetGen.Architecture;
using ResNetGen.Generators.Emission.Classes;
using ResNetGen.Generators.Emission.Forward;

namespace ResNetGen.Generators.Emission;

/// <summary>The feature maps inside the network: a typed record of them, their channels and strides as constants, the pass that gives them.</summary>
internal static class FeaturesPart
{
    public static void Write(SourceWriter writer, EmitContext context)
    {
        if (context.Network.Taps.Count == 0)
            return;

        WriteForward(writer, context);
        WriteRecord(writer, context);
    }

    /// <summary>The property of a feature map: that of the layer which gives it.</summary>
    public static string Property(EmitContext context, Tap tap) =>
        context.Root.Children.First(child => child.Key == tap.Name).Property;

    private static string Maps(EmitContext context) => context.Names.Class("FeatureMaps");

    private static void WriteForward(SourceWriter writer, EmitContext context)
    {
        string tensor = context.Names.Tensor;
        Dictionary<string, string> maps = new(StringComparer.Ordinal);
        writer.Write($"""
            /// <summary>The feature maps of a batch of images; nothing after the last of them runs.</summary>
            /// <param name="input">Images, {ForwardPart.Batch(context.Network.Input)}; they stay the caller's.</param>
            /// <exception cref="{context.Names["ArgumentException"]}">The images have another shape.</exception>
            """);
        writer.Open($"public {Maps(context)} ForwardFeatures({tensor} input)");
        ForwardPart.WriteGuard(writer, context);
        WriteUntilLast(writer, context, maps);
        writer.Write($"return new {Maps(context)}({string.Join(", ", context.Network.Taps.Select(tap => maps[tap.Name]))});");
        writer.Close().Line();
    }

    private static void WriteUntilLast(SourceWriter writer, EmitContext context, Dictionary<string, string> maps)
    {
        string last = context.Network.Taps[context.Network.Taps.Count - 1].Name;
        int end = -1;
        new ForwardWriter(context.Root, writer, (key, flow, variables) =>
        {
            if (end >= 0)
                return;

            if (key == last)
            {
                maps[key] = flow.Text;
                end = writer.Position;
                return;
            }

            // The layers that follow release what they take; a second handle keeps the map.
            string name = variables.Free(Names.Local(Property(context, context.Network.Taps.First(tap => tap.Name == key))) + "Map");
            maps[key] = variables.Assign(name, flow with { Text = flow.Text + ".alias()" }).Text;
        }).Write();
        writer.ReturnTo(end);
    }

    private static void WriteRecord(SourceWriter writer, EmitContext context)
    {
        string tensor = context.Names.Tensor;
        EquatableArray<Tap> taps = context.Network.Taps;
        writer.Write("/// <summary>The network's feature maps; whoever has asked for them releases them.</summary>");
        foreach (Tap tap in taps)
            writer.Write($"/// <param name=\"{Property(context, tap)}\">{ForwardPart.Batch(tap.Output)}.</param>");

        writer.Open($"public readonly record struct {Maps(context)}({string.Join(", ", taps.Select(tap => $"{tensor} {Property(context, tap)}"))}) : {context.Names["IDisposable"]}");
        foreach (Tap tap in taps)
            writer.Write(FormattableString.Invariant($"""
                /// <summary>Channels of <see cref="{Property(context, tap)}"/>.</summary>
                public const int {Property(context, tap)}Channels = {tap.Output.Channels};

                /// <summary>Pixels of the input from one pixel of <see cref="{Property(context, tap)}"/> to the next.</summary>
                public const int {Property(context, tap)}Stride = {tap.Stride};

                """));

        writer.Write("/// <summary>Releases every map.</summary>");
        writer.Open("public void Dispose()");
        foreach (Tap tap in taps)
            writer.Write($"{Property(context, tap)}.Dispose();");

        writer.Close();
        writer.Close().Line();
    }
}
