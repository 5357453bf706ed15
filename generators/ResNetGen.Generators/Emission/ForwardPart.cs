using ResNetGen.Architecture;
using ResNetGen.Generators.Emission.Forward;

namespace ResNetGen.Generators.Emission;

/// <summary>The forward pass: the guard, the layers, and each tensor released at its last use.</summary>
internal static class ForwardPart
{
    public static void Write(SourceWriter writer, EmitContext context)
    {
        string tensor = context.Names.Tensor;
        Shape output = context.Network.Output;
        bool classifies = output.IsVector && output.Channels == context.Network.Classes;
        writer.Write($"""
            /// <summary>{(classifies ? "The class scores of a batch of images." : "The last feature map of a batch of images.")}</summary>
            /// <param name="input">Images, {Batch(context.Network.Input)}; they stay the caller's.</param>
            /// <returns>{(classifies ? "Scores before softmax" : "The output")}, {Batch(output)}.</returns>
            /// <exception cref="{context.Names["ArgumentException"]}">The images have another shape.</exception>
            """);
        writer.Open($"public override {tensor} forward({tensor} input)");
        WriteGuard(writer, context);
        WriteReturn(writer, new ForwardWriter(context.Root, writer).Write());
        writer.Close().Line();
        ConstructorPart.WriteRegistration(writer);
    }

    /// <summary>Refuses an input of another shape by the network's name, unless the caller has asked for any height and width.</summary>
    public static void WriteGuard(SourceWriter writer, EmitContext context)
    {
        (int channels, int height, int width) = context.Network.Input;
        string shape = FormattableString.Invariant($"{channels}, {height}, {width}");
        writer.Write($$"""
            if (input.shape is not [_, {{shape}}] && !{{context.Names["InputSize"]}}.IsFree(input, {{channels}}))
                throw new {{context.Names["ArgumentException"]}}($"{{context.Model.Spec.Name}} takes [N, {{shape}}], got [{string.Join(", ", input.shape)}].", nameof(input));

            """);
    }

    /// <summary>A return stands apart from the loops before it.</summary>
    public static void WriteReturn(SourceWriter writer, Flow flow)
    {
        if (LoopWriter.Ends(writer))
            writer.Line();

        writer.Write($"return {flow.Text};");
    }

    /// <summary>A batch of a shape, as documentation writes it.</summary>
    public static string Batch(Shape shape) => shape.IsVector
        ? FormattableString.Invariant($"[N, {shape.Channels}]")
        : FormattableString.Invariant($"[N, {shape.Channels}, {shape.Height}, {shape.Width}]");
}
