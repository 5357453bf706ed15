using ResNetGen.Architecture;

namespace ResNetGen.Generators.Emission;

/// <summary>The counts, as constants that a test or an attribute can use.</summary>
internal static class ConstantsPart
{
    public static void Write(SourceWriter writer, EmitContext context)
    {
        NetworkArchitecture network = context.Network;
        writer.Write($"""
            /// <summary>Trainable parameters.</summary>
            public const long ParameterCount = {EmitContext.Separated(network.ParameterCount)};

            /// <summary>Multiply-adds of convolutions and linear layers for one image (the papers' "FLOPs").</summary>
            public const long MultiplyAdds = {EmitContext.Separated(network.MultiplyAdds)};

            /// <summary>Floating-point operations for one image: 2 × <see cref="MultiplyAdds"/>.</summary>
            public const long Flops = {EmitContext.Separated(network.Flops)};

            /// <summary>
            /// Multiply-adds as ptflops counts them for one image: <see cref="MultiplyAdds"/>, and beside them normalisation,
            /// activations, poolings and biases.
            /// </summary>
            public const long MultiplyAddsWithNormAndActivation = {EmitContext.Separated(network.MultiplyAddsWithNormAndActivation)};

            /// <summary>Elements of the running means and variances of batch normalisation.</summary>
            public const long BufferCount = {EmitContext.Separated(network.BufferCount)};

            /// <summary>Convolutions on the main path and linear layers: the depth in the network's name.</summary>
            public const int WeightedLayers = {EmitContext.Separated(network.WeightedLayers)};

            """);
        if (network.ReceptiveField is { } field)
            writer.Write($"""
                /// <summary>Side in pixels of the square of the image that one element of the last feature map depends on, padding included.</summary>
                public const int ReceptiveField = {EmitContext.Separated(field.Size)};

                /// <summary>Pixels of the image from the square of one element of the last feature map to that of its neighbour.</summary>
                public const int ReceptiveFieldStride = {EmitContext.Separated(field.Stride)};

                """);
    }
}
