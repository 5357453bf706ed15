using ResNetGen.Generators.Emission.Classes;
using ResNetGen.Generators.Emission.Forward;
using ResNetGen.Generators.Models;

namespace ResNetGen.Generators.Emission;

/// <summary>One typed property a child, with the shapes it sees.</summary>
internal static class ChildrenPart
{
    public static void Write(SourceWriter writer, ModuleClass each)
    {
        if (each.PreActivationField is not null)
            writer.Write($"private readonly bool {PreActivation.Field};").Line();

        foreach (Child child in each.Children)
        {
            string mark = child.Condition.Length > 0 ? "?" : "";
            string summary = $"/// <summary>{child.Summary}</summary>\n";
            if (child.Declared is { } declared)
                writer.Write($"""
                    private readonly {child.Type} {child.Target};

                    {(declared.IsDocumented ? "" : summary)}{Modifiers(declared)}partial {child.Type} {declared.Identifier} => {child.Target};

                    """);
            else
                writer.Write($$"""
                    {{summary}}public {{child.Type}}{{mark}} {{child.Property}} { get; }

                    """);
        }
    }

    private static string Modifiers(DeclaredMember declared) => declared.Modifiers.Length > 0 ? declared.Modifiers + " " : "";
}
