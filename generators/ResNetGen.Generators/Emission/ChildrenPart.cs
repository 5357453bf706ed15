namespace ResNetGen.Generators.Emission;

/// <summary>One typed property a child, with the shapes it sees.</summary>
internal static class ChildrenPart
{
    public static void Write(SourceWriter writer, EmitContext context)
    {
        foreach (Child child in Child.Of(context))
            writer.Write($$"""
                /// <summary>{{child.Summary}}</summary>
                public {{child.Type}} {{child.Property}} { get; }

                """);
    }
}
