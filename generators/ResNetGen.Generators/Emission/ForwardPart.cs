using ResNetGen.Architecture;

namespace ResNetGen.Generators.Emission;

/// <summary>The forward pass: the guard, the layers, and each tensor released at its last use.</summary>
internal static class ForwardPart
{
    public static void Write(SourceWriter writer, EmitContext context)
    {
        (int channels, int height, int width) = context.Network.Input;
        string shape = FormattableString.Invariant($"{channels}, {height}, {width}");
        string tensor = context.Names.Tensor;
        string exception = context.Names["ArgumentException"];

        writer.Write(FormattableString.Invariant($"""
            /// <summary>The class scores of a batch of images.</summary>
            /// <param name="input">Images, [N, {shape}]; they stay the caller's.</param>
            /// <returns>Scores before softmax, [N, {context.Network.Classes}].</returns>
            /// <exception cref="{exception}">The images have another shape.</exception>
            """));
        writer.Open($"public override {tensor} forward({tensor} input)");
        writer.Write($$"""
            if (input.shape is not [_, {{shape}}])
                throw new {{exception}}($"{{context.Model.Spec.Name}} takes [N, {{shape}}], got [{string.Join(", ", input.shape)}].", nameof(input));

            {{tensor}} x = Bn1.Consume(Conv1.call(input)).relu_();
            """);
        if (context.Plan.Stem == Stem.ImageNet)
            writer.Write("x = MaxPool.Consume(x);");

        writer.Line();
        foreach (Child stage in Child.Of(context).Where(child => child.Key.StartsWith("layer", StringComparison.Ordinal)))
            writer.Write($"""
                foreach ({context.BlockClass} block in {stage.Property})
                    x = block.Consume(x);
                """);

        writer.Line();
        writer.Write("return Fc.Consume(Flatten.Consume(AvgPool.Consume(x)));");
        writer.Close().Line();
        ConstructorPart.WriteRegistration(writer);
    }
}
