namespace ResNetGen.Generators.Fixes;

/// <summary>One change in the source, as values: the analyzer says which, the code fix makes it.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Name">The argument, modifier or attribute it is done to.</param>
/// <param name="Value">What is written, as C#.</param>
/// <param name="At">Where: the number of an additional location, or <see cref="Squiggle"/>.</param>
internal sealed record Edit(EditKind Kind, string Name = "", string Value = "", int At = Edit.Squiggle)
{
    /// <summary>The edit is made where the message is.</summary>
    public const int Squiggle = -1;

    /// <summary><c>Name = Value</c> in the attribute: another value, or one more argument.</summary>
    public static Edit Set(string argument, string value, int at = Squiggle) => new(EditKind.SetArgument, argument, value, at);

    /// <summary>The first positional argument of the attribute called <paramref name="attribute"/> is another one.</summary>
    public static Edit SetFirst(string value, string attribute, int at = Squiggle) => new(EditKind.SetFirstArgument, attribute, value, at);

    /// <summary>An argument of the attribute is left out.</summary>
    public static Edit LeaveOut(string argument, int at = Squiggle) => new(EditKind.RemoveArgument, argument, "", at);
}

/// <summary>The changes that a fix is made of.</summary>
internal enum EditKind
{
    /// <summary>The type gets the modifier <c>Name</c>.</summary>
    AddModifier,

    /// <summary>The type loses the modifier <c>Name</c>.</summary>
    RemoveModifier,

    /// <summary>The type loses the base class that the location is on.</summary>
    RemoveBaseClass,

    /// <summary>The attribute says <c>Name = Value</c>, whether or not it said something of <c>Name</c> before.</summary>
    SetArgument,

    /// <summary>The attribute says nothing of <c>Name</c>.</summary>
    RemoveArgument,

    /// <summary>The attribute goes; <c>Name</c> is how it is written, for the title.</summary>
    RemoveAttribute,

    /// <summary>The attribute, called <c>Name</c>, gets the positional argument <c>Value</c> in place of its first.</summary>
    SetFirstArgument,

    /// <summary>The assignment of <c>Name</c> goes from the <c>with { … }</c> that the location is in.</summary>
    RemoveAssignment,

    /// <summary>The member becomes a get-only partial property of the type <c>Value</c>.</summary>
    DeclareProperty,

    /// <summary>The member <c>Value</c> is declared before the one that the location is on; <c>Name</c> is its name, for the title.</summary>
    InsertMember,
}
