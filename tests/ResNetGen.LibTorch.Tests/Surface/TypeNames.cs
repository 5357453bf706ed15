using System.Reflection;
using System.Runtime.CompilerServices;

namespace ResNetGen.LibTorch.Tests.Surface;

/// <summary>Names of types as the list writes them: no namespaces, nothing before what is nested in torch, C# keywords and tuples.</summary>
internal static class TypeNames
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(bool)] = "bool", [typeof(byte)] = "byte", [typeof(sbyte)] = "sbyte", [typeof(short)] = "short", [typeof(ushort)] = "ushort",
        [typeof(int)] = "int", [typeof(uint)] = "uint", [typeof(long)] = "long", [typeof(ulong)] = "ulong", [typeof(float)] = "float",
        [typeof(double)] = "double", [typeof(string)] = "string", [typeof(object)] = "object", [typeof(void)] = "void",
    };

    private static readonly HashSet<string> Reserved =
        ["bool", "byte", "short", "int", "long", "float", "double", "char", "out", "in", "base", "event", "params", "ref", "operator"];

    internal static string Escape(string name) => Reserved.Contains(name) ? "@" + name : name;

    /// <summary>The provider tells the names of tuple elements, which live in an attribute beside the type.</summary>
    internal static string Of(Type type, ICustomAttributeProvider? provider = null)
    {
        var names = provider?.GetCustomAttributes(typeof(TupleElementNamesAttribute), false).OfType<TupleElementNamesAttribute>().FirstOrDefault();
        return Of(type, new Queue<string?>(names?.TransformNames ?? []));
    }

    private static string Of(Type type, Queue<string?> names)
    {
        if (Keywords.TryGetValue(type, out var keyword)) return keyword;
        if (type.IsGenericParameter) return type.Name;
        if (type.IsArray) return $"{Of(type.GetElementType()!, names)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (Nullable.GetUnderlyingType(type) is { } underlying) return Of(underlying, names) + "?";
        if (IsTuple(type)) return Tuple(type, names);
        return Qualified(type, type.IsGenericType ? type.GetGenericArguments() : [], names);
    }

    private static bool IsTuple(Type type) => type.IsGenericType && type.FullName?.StartsWith("System.ValueTuple`", StringComparison.Ordinal) != false
        && type.Name.StartsWith("ValueTuple`", StringComparison.Ordinal);

    private static string Tuple(Type type, Queue<string?> names)
    {
        var elements = type.GetGenericArguments();
        // The list spells tuples of type parameters out, without names.
        if (elements.Any(e => e.ContainsGenericParameters))
        {
            foreach (var _ in elements) names.TryDequeue(out var _);
            return $"ValueTuple<{string.Join(", ", elements.Select(e => Of(e, names)))}>";
        }
        // Names come in order of the outer tuple first, then of those within.
        var own = elements.Select(_ => names.TryDequeue(out var name) ? name : null).ToArray();
        return "(" + string.Join(", ", elements.Select((e, i) => Of(e, names) + (own[i] is { } name ? " " + name : ""))) + ")";
    }

    // Arguments of outer types are written with the innermost name, where reflection has them too.
    private static string Qualified(Type type, Type[] arguments, Queue<string?> names)
    {
        var text = Simple(type);
        for (var outer = type.DeclaringType; outer is not null && outer.Name != "torch"; outer = outer.DeclaringType) text = Simple(outer) + "." + text;
        return arguments.Length == 0 ? text : $"{text}<{string.Join(", ", arguments.Select(a => Of(a, names)))}>";
    }

    internal static string Simple(Type type)
    {
        var tick = type.Name.IndexOf('`', StringComparison.Ordinal);
        return tick < 0 ? type.Name : type.Name[..tick];
    }

    /// <summary>With the namespace, or from torch on.</summary>
    internal static string Heading(Type type)
    {
        var arguments = type.GetGenericArguments();
        return arguments.Length == 0 ? Path(type) : $"{Path(type)}<{string.Join(", ", arguments.Select(a => a.Name))}>";
    }

    private static string Path(Type type)
    {
        if (type.DeclaringType is not { } outer) return $"{type.Namespace}.{Simple(type)}";
        var before = Path(outer);
        return (before.StartsWith("TorchSharp.torch", StringComparison.Ordinal) ? before["TorchSharp.".Length..] : before) + "." + Simple(type);
    }
}
