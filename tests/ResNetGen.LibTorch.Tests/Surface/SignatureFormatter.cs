using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace ResNetGen.LibTorch.Tests.Surface;

/// <summary>
/// Writes the public and protected members of a type as official-signatures.txt does. Nullable annotations of reference
/// types are left out: they change warnings only, and half of the official sources have none.
/// </summary>
internal static class SignatureFormatter
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    internal static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            foreach (var name in Enum.GetNames(type))
                yield return $"{name} = {Convert.ToInt64(Enum.Parse(type, name), CultureInfo.InvariantCulture)}";
            yield break;
        }
        foreach (var field in type.GetFields(Declared).Where(f => f.IsPublic || f.IsFamily || f.IsFamilyOrAssembly)) yield return Field(field);
        foreach (var constructor in type.GetConstructors(Declared).Where(IsVisible).Where(c => !c.IsStatic))
            yield return $"{Access(constructor)} {TypeNames.Simple(type)}({Parameters(constructor)})";
        foreach (var property in type.GetProperties(Declared).Where(p => p.GetAccessors(true).Any(IsVisible))) yield return Property(property);
        foreach (var method in type.GetMethods(Declared).Where(IsVisible).Where(m => !IsAccessor(m))) yield return Method(method);
    }

    /// <summary>Kind and name of a type, as the headings of the list write them.</summary>
    internal static string Heading(Type type)
    {
        var kind = type.IsEnum ? "enum"
            : type.IsInterface ? "interface"
            : type.IsValueType ? "struct"
            : type.IsAbstract && type.IsSealed ? "static class"
            : type.IsAbstract ? "abstract class"
            : type.IsSealed ? "sealed class"
            : "class";
        var access = type.IsPublic || type.IsNestedPublic ? "public" : "protected";
        return $"{access} {kind} {TypeNames.Heading(type)}";
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsAccessor(MethodInfo method)
        => method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal);

    private static string Access(MethodBase method) => method.IsPublic ? "public" : method.IsFamily ? "protected" : "protected internal";

    private static string Field(FieldInfo field)
    {
        var access = field.IsPublic ? "public" : field.IsFamily ? "protected" : "protected internal";
        var kind = field.IsLiteral ? " const" : field.IsStatic ? " static" : "";
        var init = field.IsInitOnly ? " readonly" : "";
        var value = field.IsLiteral ? $" = {Convert.ToString(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}" : "";
        return $"{access}{kind}{init} {TypeNames.Of(field.FieldType, field)} {TypeNames.Escape(field.Name)}{value}";
    }

    private static string Property(PropertyInfo property)
    {
        var first = property.GetAccessors(true).First(IsVisible);
        var index = property.GetIndexParameters();
        var name = index.Length == 0 ? TypeNames.Escape(property.Name) : $"this[{string.Join(", ", index.Select(Parameter))}]";
        var accessors = "";
        foreach (var (accessor, word) in new[] { (property.GetMethod, "get"), (property.SetMethod, "set") })
        {
            if (accessor is null || !IsVisible(accessor)) continue;
            accessors += (Access(accessor) == Access(first) ? "" : Access(accessor) + " ") + word + "; ";
        }
        return $"{Modifiers(first)} {TypeNames.Of(property.PropertyType, property)} {name} {{ {accessors}}}";
    }

    private static string Method(MethodInfo method)
    {
        if (method.Name == "Finalize") return "~Finalizer()";
        var returns = TypeNames.Of(method.ReturnType, method.ReturnParameter);
        var name = TypeNames.Escape(method.Name);
        var head = $"{Modifiers(method)} {returns} {name}";
        if (method.Name.StartsWith("op_", StringComparison.Ordinal))
        {
            head = Operators.TryGetValue(method.Name, out var symbol)
                ? $"{Modifiers(method)} {returns} operator {symbol}"
                : $"{Modifiers(method)} {(method.Name == "op_Implicit" ? "implicit" : "explicit")} operator {returns}";
        }
        var generics = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(a => a.Name))}>" : "";
        return $"{head}{generics}({Parameters(method)}){Constraints(method)}";
    }

    private static string Modifiers(MethodInfo method)
    {
        var kind = method.IsStatic ? (method.IsAbstract ? " static abstract" : " static")
            : method.IsAbstract && method.DeclaringType!.IsInterface ? " abstract"
            : method.IsAbstract ? (method.GetBaseDefinition() == method ? " abstract" : " abstract override")
            : method.GetBaseDefinition() != method ? (method.IsFinal ? " sealed override" : " override")
            : method.IsVirtual && !method.IsFinal ? " virtual"
            : "";
        return Access(method) + kind;
    }

    private static string Parameters(MethodBase method)
    {
        var text = string.Join(", ", method.GetParameters().Select(Parameter));
        return method.IsDefined(typeof(ExtensionAttribute), false) ? "this " + text : text;
    }

    private static string Parameter(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        var way = parameter.IsOut ? "out " : type.IsByRef ? (parameter.IsIn ? "in " : "ref ") : "";
        if (parameter.IsDefined(typeof(ParamArrayAttribute), false)) way += "params ";
        var text = $"{way}{TypeNames.Of(type.IsByRef ? type.GetElementType()! : type, parameter)} {TypeNames.Escape(parameter.Name!)}";
        return parameter.HasDefaultValue ? $"{text} = {Default(parameter)}" : text;
    }

    private static string Default(ParameterInfo parameter)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return parameter.RawDefaultValue switch
        {
            null when parameter.ParameterType.IsValueType && Nullable.GetUnderlyingType(parameter.ParameterType) is null => "default",
            null => "null",
            bool value => value ? "true" : "false",
            string value => $"\"{value}\"",
            var value when type.IsEnum => $"{type.Name}.{Enum.ToObject(type, value)}",
            float value => value.ToString("R", CultureInfo.InvariantCulture) + "f",
            var value => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };
    }

    private static string Constraints(MethodInfo method)
        => string.Concat(method.GetGenericArguments().Select(argument =>
        {
            var attributes = argument.GenericParameterAttributes;
            var parts = new List<string>();
            if (argument.CustomAttributes.Any(a => a.AttributeType.Name == "IsUnmanagedAttribute")) parts.Add("unmanaged");
            else if (attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint)) parts.Add("struct");
            if (attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint)) parts.Add("class");
            parts.AddRange(argument.GetGenericParameterConstraints().Where(c => c != typeof(ValueType)).Select(c => TypeNames.Of(c)));
            if (attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && parts is not (["unmanaged", ..] or ["struct", ..])) parts.Add("new()");
            return parts.Count == 0 ? "" : $" where {argument.Name} : {string.Join(", ", parts)}";
        }));

    private static readonly Dictionary<string, string> Operators = new(StringComparer.Ordinal)
    {
        ["op_Addition"] = "+", ["op_Subtraction"] = "-", ["op_Multiply"] = "*", ["op_Division"] = "/", ["op_Modulus"] = "%",
        ["op_BitwiseAnd"] = "&", ["op_BitwiseOr"] = "|", ["op_ExclusiveOr"] = "^", ["op_OnesComplement"] = "~", ["op_UnaryNegation"] = "-",
        ["op_Equality"] = "==", ["op_Inequality"] = "!=", ["op_LessThan"] = "<", ["op_LessThanOrEqual"] = "<=",
        ["op_GreaterThan"] = ">", ["op_GreaterThanOrEqual"] = ">=",
    };
}
