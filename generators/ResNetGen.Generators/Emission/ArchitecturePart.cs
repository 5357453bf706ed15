using ResNetGen.Architecture;

namespace ResNetGen.Generators.Emission;

/// <summary>The network's description at run time, from what the user wrote.</summary>
internal static class ArchitecturePart
{
    public static void Write(SourceWriter writer, EmitContext context)
    {
        Names names = context.Names;
        writer.Write($$"""
            /// <summary>Layers, shapes and costs; <c>ToString()</c> is the summary table.</summary>
            public static {{names["NetworkArchitecture"]}} Architecture { get; } =
            """);
        writer.Write(Indented(Text(context.Model.Spec, names) + ".Build();"));
        writer.Line();
    }

    /// <summary>The expression that makes a specification.</summary>
    public static string Text(NetworkSpec spec, Names names) =>
        spec is CustomNetworkSpec custom ? new CustomSpecText(names).Of(custom) : SpecText.Of(spec, names);

    private static string Indented(string text) => "    " + text.Replace("\n", "\n    ");
}
