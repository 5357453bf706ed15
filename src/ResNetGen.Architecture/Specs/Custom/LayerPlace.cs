using System.Globalization;

namespace ResNetGen.Architecture;

/// <summary>A declared layer at its place: which class it is declared in, and along which layers it is reached.</summary>
/// <param name="ClassName">The branch it is declared in; empty for the network itself.</param>
/// <param name="Trail">The layers around it, outermost first, as messages write them: <c>Reduce -> </c>.</param>
/// <param name="Member">The layer.</param>
internal sealed record LayerPlace(string ClassName, string Trail, MemberSpec Member)
{
    /// <summary>The member as problems name it: <c>Stem</c>, <c>Down.A</c>.</summary>
    public string Id => ClassName.Length == 0 ? Member.Name : $"{ClassName}.{Member.Name}";

    /// <summary>The layer as messages name it: <c>Stem</c>, <c>Reduce -> A</c>.</summary>
    public string Path => Trail + Member.Name;

    /// <summary>A problem of this layer.</summary>
    /// <param name="kind">What is wrong.</param>
    /// <param name="argument">The argument of its attribute, or empty.</param>
    /// <param name="details">The values of the message after the layer's path.</param>
    public Problem Problem(ProblemKind kind, string argument, params string[] details) =>
        new(kind, argument, details.Prepend(Path).ToEquatableArray()) { Layer = Id };

    /// <summary>A number as messages write it.</summary>
    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
