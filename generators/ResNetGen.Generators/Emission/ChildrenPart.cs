using ResNetGen.Generators.Emission.Classes;
using ResNetGen.Generators.Emission.Forward;

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
            if (child.Declared is { } declared)
                writer.Write($"""
                    private readonly {child.Type} {child.Target};

                    /// <summary>{child.Summary}</summary>
                    {declared.Modifiers}{(declared.Modifiers.Length > 0 ? " " : "")}partial {child.Type} {declared.Identifier} => {child.Target};

                    """);
            else
                writer.Write($$"""
                    /// <summary>{{child.Summary}}</summary>
                    public {{child.Type}}{{mark}} {{child.Property}} { get; }

                    """);
        }
    }
}
