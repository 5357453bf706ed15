using System.Text.RegularExpressions;
using ResNetGen.Generators.Fixes;

namespace ResNetGen.CodeFixes;

/// <summary>What a fix is called in the menu of an editor.</summary>
internal static class FixTitle
{
    /// <summary>"Write Depth = 20", "Leave Groups out and leave WidthPerGroup out".</summary>
    public static string Of(Fix fix)
    {
        string title = string.Join(" and ", fix.Edits.Select(Of));
        return char.ToUpperInvariant(title[0]) + title.Substring(1);
    }

    private static string Of(Edit edit) => edit.Kind switch
    {
        EditKind.AddModifier => $"add '{edit.Name}'",
        EditKind.RemoveModifier => $"remove '{edit.Name}'",
        EditKind.RemoveBaseClass => "leave the base class out",
        EditKind.SetArgument => $"write {edit.Name} = {Short(edit.Value)}",
        EditKind.SetFirstArgument => $"write [{edit.Name}({Short(edit.Value)})]",
        EditKind.RemoveArgument or EditKind.RemoveAssignment => $"leave {edit.Name} out",
        EditKind.RemoveAttribute => $"remove [{edit.Name}]",
        EditKind.DeclareProperty => $"declare as {Short(edit.Value)}",
        EditKind.InsertMember => $"insert {edit.Name}",
        _ => throw new InvalidOperationException($"No title says what {edit.Kind} does."),
    };

    // What the simplifier makes of a full name where it is written.
    private static string Short(string value) => Namespaces.Replace(value, "");

    // An enumeration's value keeps the name of the enumeration: "global::ResNetGen.Shortcut.B" is Shortcut.B.
    private static readonly Regex Namespaces = new(@"global::(ResNetGen\.Modules\.|ResNetGen\.|TorchSharp\.Modules\.)?");
}
