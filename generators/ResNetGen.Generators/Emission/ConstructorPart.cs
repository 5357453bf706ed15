using ResNetGen.Generators.Emission.Classes;
using ResNetGen.Generators.Emission.Forward;

namespace ResNetGen.Generators.Emission;

/// <summary>Makes the children of a class and registers them under their keys.</summary>
internal static class ConstructorPart
{
    public static void Write(SourceWriter writer, EmitContext context)
    {
        string self = context.Model.Identifier;
        writer.Write("/// <summary>Makes the network with fresh weights, drawn from torch's default generator.</summary>");
        writer.Open($"public {self}() : base(nameof({self}))");
        WriteChildren(writer, context.Root);
        writer.Line();
        InitialisationPart.Write(writer, context);
        writer.TrimLine().Close().Line();
        writer.Write($"""
            /// <summary>Makes a network.</summary>
            public static {self} Create() => new();

            """);
    }

    /// <summary>The constructor of a block or a branch, with what differs between them as parameters.</summary>
    public static void WriteOf(SourceWriter writer, ModuleClass each, string name)
    {
        writer.Open($"internal {name}({each.Parameters.Declaration}) : base(nameof({name}))");
        WriteChildren(writer, each);
        if (each.PreActivationField is { } condition)
            writer.Write($"{PreActivation.Field} = {condition};");

        writer.Close().Line();
    }

    /// <summary>Keeps the base class from registering the children a second time, by reflection and under other names.</summary>
    public static void WriteRegistration(SourceWriter writer) => writer.Write("""
        /// <summary>Nothing is left to do: the constructor has registered every child by name.</summary>
        protected override void RegisterComponents()
        {
        }

        """);

    private static void WriteChildren(SourceWriter writer, ModuleClass each)
    {
        Child[] always = [.. each.Children.Where(child => child.Condition.Length == 0)];
        foreach (Child child in always)
            writer.Write($"{child.Target} = {child.Make};");

        if (always.Length > 0)
            writer.Line();

        // Keys are registered in the order of the layers, an optional one at its place among them.
        string open = "";
        for (int i = 0; i < each.Children.Count; i++)
        {
            Child child = each.Children[i];
            if (open.Length > 0 && open != child.Condition)
                Close(writer);
            if (child.Condition.Length > 0 && open != child.Condition)
                (writer.LastLine.Length > 0 ? writer.Line() : writer).Open($"if ({child.Condition})");
            if (child.Condition.Length > 0)
                writer.Write($"{child.Target} = {child.Make};");

            open = child.Condition;
            writer.Write($"register_module(\"{child.Key}\", {child.Target});");
        }

        if (open.Length > 0)
            writer.Close();

        WriteStarts(writer, each.Children);
    }

    private static void WriteStarts(SourceWriter writer, IReadOnlyList<Child> children)
    {
        Child[] special = [.. children.Where(child => child.Starts.Count > 0)];
        if (special.Length > 0)
            writer.Line();

        foreach (Child child in special)
        {
            if (child.Condition.Length > 0)
                writer.Open($"if ({child.Target} is not null)");
            foreach (string start in child.Starts)
                writer.Write(start);
            if (child.Condition.Length > 0)
                writer.Close();
        }
    }

    private static void Close(SourceWriter writer) => writer.Close().Line();
}
