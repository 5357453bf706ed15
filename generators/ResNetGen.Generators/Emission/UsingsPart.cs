using ResNetGen.Architecture;

namespace ResNetGen.Generators.Emission;

/// <summary>The using directives: what the file needs and no more.</summary>
internal static class UsingsPart
{
    public static string Lines(EmitContext context)
    {
        bool zeroPads = context.Plan.Shortcut == Shortcut.A && context.Downsampling != Downsampling.Never;
        return $"""
            using System;
            using ResNetGen;
            using ResNetGen.Architecture;{(zeroPads ? "\nusing ResNetGen.Modules;" : "")}
            using TorchSharp;
            using TorchSharp.Modules;

            """;
    }
}
