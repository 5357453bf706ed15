using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ResNetGen.Architecture;

namespace ResNetGen.Generators.Parsing;

/// <summary>The arguments of one attribute, as values. What was not written is <c>null</c>.</summary>
/// <remarks>
/// An argument the compiler has already refused (<c>Depth = "deep"</c>) reads as not written, and sets
/// <see cref="RefusedByCompiler"/>: the compiler's message is the one message.
/// </remarks>
internal sealed class AttributeValues
{
    private readonly Dictionary<string, TypedConstant> written = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TypedConstant> positional = new(StringComparer.Ordinal);

    /// <summary>Reads the arguments of an attribute.</summary>
    public AttributeValues(AttributeData attribute)
    {
        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            if (IsError(argument.Value))
                RefusedByCompiler = true;
            else
                written[argument.Key] = argument.Value;
        }
        IMethodSymbol? constructor = attribute.AttributeConstructor;
        for (int i = 0; i < attribute.ConstructorArguments.Length && constructor is not null; i++)
        {
            if (IsError(attribute.ConstructorArguments[i]))
                RefusedByCompiler = true;
            else
                positional[constructor.Parameters[i].Name] = attribute.ConstructorArguments[i];
        }
        // A misspelt property or a positional argument too many leaves no trace among the values, only in the syntax.
        RefusedByCompiler |= constructor is null
            || attribute.ApplicationSyntaxReference?.GetSyntax() is AttributeSyntax { ArgumentList.Arguments: var arguments }
                && (arguments.Count(static each => each.NameEquals is not null) != attribute.NamedArguments.Length
                    || arguments.Count(static each => each.NameEquals is null) > constructor.Parameters.Length);
    }

    /// <summary>Whether the compiler itself reports an error in the arguments.</summary>
    public bool RefusedByCompiler { get; }

    /// <summary>Whether the argument was written.</summary>
    public bool Has(string name) => written.ContainsKey(name);

    /// <summary>An integer argument.</summary>
    public int? Int(string name) => written.TryGetValue(name, out TypedConstant value) ? value.Value as int? : null;

    /// <summary>A 64-bit integer argument.</summary>
    public long? Long(string name) => written.TryGetValue(name, out TypedConstant value) ? value.Value as long? : null;

    /// <summary>An argument that is true or false.</summary>
    public bool? Bool(string name) => written.TryGetValue(name, out TypedConstant value) ? value.Value as bool? : null;

    /// <summary>A floating-point argument.</summary>
    public double? Double(string name) => written.TryGetValue(name, out TypedConstant value) ? value.Value as double? : null;

    /// <summary>An argument that is text.</summary>
    public string? String(string name) =>
        written.TryGetValue(name, out TypedConstant value) && value.Kind == TypedConstantKind.Primitive ? value.Value as string : null;

    /// <summary>An argument that is a list of texts; empty where it was not written.</summary>
    public EquatableArray<string> Strings(string name) =>
        written.TryGetValue(name, out TypedConstant value) && value is { Kind: TypedConstantKind.Array, IsNull: false }
            ? value.Values.Select(static element => element.Value as string ?? "").ToEquatableArray()
            : [];

    /// <summary>The argument of the constructor's parameter of that name, the parameter's default where it was not written.</summary>
    public object? Positional(string parameter) => positional.TryGetValue(parameter, out TypedConstant value) ? value.Value : null;

    /// <summary>An argument that is a list of integers. A written <c>null</c> counts as not written.</summary>
    public EquatableArray<int>? Ints(string name) =>
        written.TryGetValue(name, out TypedConstant value) && !value.IsNull
            ? value.Values.Select(element => (int)element.Value!).ToEquatableArray()
            : null;

    /// <summary>An argument of an enumeration. The value may be one that the enumeration does not name.</summary>
    public TEnum? Enum<TEnum>(string name) where TEnum : struct, Enum =>
        written.TryGetValue(name, out TypedConstant value) && value.Value is int number
            ? (TEnum)System.Enum.ToObject(typeof(TEnum), number)
            : null;

    /// <summary>An argument as the user would write it, for messages: <c>A</c>, <c>18</c>.</summary>
    public string Text(string name)
    {
        TypedConstant value = written[name];
        if (value.Kind == TypedConstantKind.Enum && value.Type is INamedTypeSymbol type)
        {
            foreach (IFieldSymbol field in type.GetMembers().OfType<IFieldSymbol>())
            {
                if (field.HasConstantValue && Equals(field.ConstantValue, value.Value))
                    return field.Name;
            }
        }
        return value.Value is bool flag
            ? flag ? "true" : "false"
            : Convert.ToString(value.Value, CultureInfo.InvariantCulture) ?? "null";
    }

    private static bool IsError(TypedConstant value) =>
        value.Kind == TypedConstantKind.Error
        || (value.Kind == TypedConstantKind.Array && !value.IsNull && value.Values.Any(IsError));
}
