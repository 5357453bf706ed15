using ResNetGen.Architecture;

namespace ResNetGen.Generators.Models;

/// <summary>A class whose layers the user has declared as partial properties: a network of one's own, or one of its branches.</summary>
/// <param name="ClassName">
/// Empty for the network itself; for a branch what <see cref="Architecture.Layers.Instance.ClassName"/> says: the names of the
/// classes from below the network down to it, joined by dots, e.g. <c>Down</c> or <c>Down.Squeeze</c>.
/// </param>
/// <param name="Identifier">Its own name as it is written in source (keywords escaped).</param>
/// <param name="Members">Its partial properties in declaration order.</param>
internal sealed record DeclaredClass(string ClassName, string Identifier, EquatableArray<DeclaredMember> Members);

/// <summary>A partial property that the user has declared and that generated code implements.</summary>
/// <param name="Key">Name of the layer in the tree: its segment of state_dict keys.</param>
/// <param name="Identifier">The property's name as it is written in source (keywords escaped).</param>
/// <param name="Modifiers">Its modifiers as they are written, <c>partial</c> excepted: <c>public</c>, <c>internal virtual</c>.</param>
/// <param name="Type">Its type, fully qualified: <c>global::TorchSharp.Modules.Conv2d</c>.</param>
internal sealed record DeclaredMember(string Key, string Identifier, string Modifiers, string Type)
{
    /// <summary>Whether the user has documented it. The documentation of a generated half would take the place of the user's.</summary>
    public bool IsDocumented { get; init; }

    /// <summary>
    /// A setter, wrongly declared, as it is written with its modifiers: <c>set</c>, <c>private init</c>. A stub must implement it too.
    /// Empty where there is none.
    /// </summary>
    public string Setter { get; init; } = "";
}
