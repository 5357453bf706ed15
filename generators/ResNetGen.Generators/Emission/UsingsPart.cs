namespace ResNetGen.Generators.Emission;

/// <summary>The using directives: what the file needs and no more. Asked for when everything else is written.</summary>
internal static class UsingsPart
{
    public static string Lines(EmitContext context)
    {
        // Consume is an extension of a namespace that every network needs for its own interface as well.
        context.Names.UseNamespace("ResNetGen");
        return string.Concat(context.Names.Namespaces.OrderBy(Order).Select(name => $"using {name};\n"));
    }

    private static int Order(string name) => name.StartsWith("System", StringComparison.Ordinal) ? 0 : 1;
}
