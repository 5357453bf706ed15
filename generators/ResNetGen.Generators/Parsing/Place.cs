namespace ResNetGen.Generators.Parsing;

/// <summary>Where a squiggle goes, as a value: the analyzer turns it into a location.</summary>
/// <param name="Kind">The part of the declaration.</param>
/// <param name="Name">The attribute's argument or the containing type it is about.</param>
internal sealed record Place(PlaceKind Kind, string Name = "")
{
    /// <summary>
    /// The attribute it is about, without brackets and suffix: <c>Budget</c>. Empty for the one that makes the class a network,
    /// or the member a layer.
    /// </summary>
    public string Attribute { get; init; } = "";

    /// <summary>
    /// The member of the class it is about, empty for the class itself: <c>Stem</c>, <c>Down.A</c> in a nested branch, or the branch
    /// itself, <c>Down</c>.
    /// </summary>
    public string Member { get; init; } = "";

    /// <summary>The whole attribute that makes the class a network.</summary>
    public static Place WholeAttribute { get; } = new(PlaceKind.Attribute);

    /// <summary>The name of the class.</summary>
    public static Place Identifier { get; } = new(PlaceKind.Identifier);

    /// <summary>
    /// The expression of an argument of the family's attribute, positional ones by the name of their parameter; the whole attribute where
    /// the argument was not written.
    /// </summary>
    public static Place Argument(string name) => new(PlaceKind.Argument, name);

    /// <summary>An argument of another attribute of the class: <c>MaxParameters</c> of <c>Budget</c>.</summary>
    public static Place ArgumentOf(string attribute, string name) => new(PlaceKind.Argument, name) { Attribute = attribute };

    /// <summary>The whole of another attribute of the class.</summary>
    public static Place AttributeOf(string attribute) => new(PlaceKind.Attribute) { Attribute = attribute };

    /// <summary>An argument of the attribute that makes a member a layer: <c>Channels</c> of <c>[Conv(64)]</c> on <c>Stem</c>.</summary>
    public static Place LayerArgument(string member, string name) => new(PlaceKind.Argument, name) { Member = member };

    /// <summary>The attribute that makes a member a layer; where there are several, the one of that name.</summary>
    public static Place Layer(string member, string attribute = "") => new(PlaceKind.Attribute) { Member = member, Attribute = attribute };

    /// <summary>The type argument of a layer's attribute: <c>Down</c> in <c>[Residual&lt;Down&gt;]</c>.</summary>
    public static Place LayerTypeArgument(string member) => new(PlaceKind.TypeArgument) { Member = member };

    /// <summary>The name of a member, or of a nested branch.</summary>
    public static Place MemberName(string member) => new(PlaceKind.Identifier) { Member = member };

    /// <summary>The declared type of a member.</summary>
    public static Place MemberType(string member) => new(PlaceKind.Type) { Member = member };
}

/// <summary>The parts of a declaration that can be wrong.</summary>
internal enum PlaceKind
{
    /// <summary>The expression of an argument of an attribute.</summary>
    Argument,

    /// <summary>A whole attribute.</summary>
    Attribute,

    /// <summary>The type argument of a generic attribute.</summary>
    TypeArgument,

    /// <summary>The name in the declaration.</summary>
    Identifier,

    /// <summary>The type in the declaration of a member.</summary>
    Type,

    /// <summary>The name in the declaration of a type around it.</summary>
    ContainingType,

    /// <summary>The modifier or keyword that makes it the wrong kind of type, or its type parameters.</summary>
    Kind,

    /// <summary>The base class in the declaration.</summary>
    BaseClass,
}
