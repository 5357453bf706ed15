using System.Globalization;

namespace ResNetGen.Generators.Emission.Classes;

/// <summary>
/// Finds the constructor parameters of a class: numbers that differ between its instances. Numbers that agree in every
/// instance are one parameter; those that never differ are literals.
/// </summary>
internal sealed class ParameterSet
{
    private readonly List<Parameter> _all = [];

    /// <summary>Parameters in the order of the constructor.</summary>
    public IReadOnlyList<Parameter> Used =>
        [.. _all.Where(parameter => parameter.IsUsed).OrderBy(parameter => parameter.Rank).ThenBy(_all.IndexOf)];

    /// <summary>Makes a number known under a name before the layers ask for it, so that the name is the telling one.</summary>
    public void Know(string name, Column column, NumberKind kind)
    {
        if (Find(column, kind) is null && column.Constant is null)
            _all.Add(new Parameter(name, column, kind));
    }

    /// <summary>The expression of a number: a literal or the name of a parameter.</summary>
    public string Of(Column column, NumberKind kind)
    {
        if (column.IsWhole && column.Constant is { } literal)
            return Literal(literal);

        Parameter? known = Find(column, kind);
        // What only some instances have may agree with a parameter by chance; a literal says more than chance.
        if (known is null && column.Constant is { } partial)
            return Literal(partial);

        if (known is null)
            _all.Add(known = new Parameter(Free(BaseName(kind)), column, kind));

        known.IsUsed = true;
        return known.Name;
    }

    /// <summary>A parameter that grows by a step from one block of a list to the next, even where the lists' first blocks agree in it.</summary>
    public string Grow(string name, Column column, NumberKind kind, double step)
    {
        var grown = new Parameter(Free(name), column, kind) { Step = step, IsUsed = true };
        _all.Add(grown);
        return grown.Name;
    }

    /// <summary>The condition that tells the instances that have a part from the others.</summary>
    public string Condition(bool[] presence, string name)
    {
        Parameter? stride = Named("stride"), inChannels = Named("inChannels"), channels = Named("channels");
        bool Strides(int i) => stride is not null && stride.Column[i] != 1;
        bool Widens(int i) => inChannels is not null && channels is not null && inChannels.Column[i] != channels.Column[i];

        if (stride is not null && inChannels is not null && channels is not null && Holds(presence, i => Strides(i) || Widens(i)))
            return Use("stride != 1 || inChannels != channels", stride, inChannels, channels);
        if (stride is not null && Holds(presence, Strides))
            return Use("stride != 1", stride);
        if (inChannels is not null && channels is not null && Holds(presence, Widens))
            return Use("inChannels != channels", inChannels, channels);

        var column = new Column(presence.Select(present => (double?)(present ? 1 : 0)));
        Parameter? known = Find(column, NumberKind.Flag);
        if (known is null)
            _all.Add(known = new Parameter(Free(name), column, NumberKind.Flag));

        known.IsUsed = true;
        return known.Name;
    }

    /// <summary>The declaration of the parameters.</summary>
    public string Declaration => string.Join(", ", Used.Select(parameter => $"{parameter.Type} {parameter.Name}"));

    /// <summary>A number as C# writes it.</summary>
    public static string Literal(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private Parameter? Named(string name) => _all.FirstOrDefault(parameter => parameter.Name == name);

    private static string Use(string condition, params Parameter[] parameters)
    {
        foreach (Parameter parameter in parameters)
            parameter.IsUsed = true;

        return condition;
    }

    private static bool Holds(bool[] presence, Func<int, bool> condition) =>
        !presence.Where((present, i) => present != condition(i)).Any();

    private Parameter? Find(Column column, NumberKind kind) =>
        _all.FirstOrDefault(parameter => parameter.Kind == kind && column.IsWithin(parameter.Column));

    private string Free(string name)
    {
        string free = name;
        for (int i = 2; _all.Any(parameter => parameter.Name == free); i++)
            free = FormattableString.Invariant($"{name}{i}");

        return free;
    }

    private static string BaseName(NumberKind kind) => kind switch
    {
        NumberKind.Channels => "width",
        NumberKind.Stride => "stride",
        NumberKind.Dilation => "dilation",
        NumberKind.Groups => "groups",
        NumberKind.Kernel => "kernel",
        NumberKind.Padding => "padding",
        NumberKind.Features => "features",
        NumberKind.Rate => "rate",
        NumberKind.Flag => "flag",
        _ => "value",
    };
}

/// <summary>A constructor parameter of a class.</summary>
/// <param name="name">Its name.</param>
/// <param name="column">Its value in every instance.</param>
/// <param name="kind">What it counts.</param>
internal sealed class Parameter(string name, Column column, NumberKind kind)
{
    public string Name { get; } = name;

    public Column Column { get; } = column;

    public NumberKind Kind { get; } = kind;

    public bool IsUsed { get; set; }

    /// <summary>What it grows by from one block of a list to the next; null where the list's rule says.</summary>
    public double? Step { get; init; }

    /// <summary>Input, inner and output channels first, then how the window moves, then the rest.</summary>
    public int Rank => Name switch { "inChannels" => 0, "channels" => 2, _ => Kind == NumberKind.Channels ? 1 : 3 + (int)Kind };

    public string Type => Kind switch { NumberKind.Flag => "bool", NumberKind.Rate => "double", _ => "int" };

    /// <summary>Its value in an instance, as an argument.</summary>
    public string Argument(int instance) => Kind == NumberKind.Flag
        ? Column[instance] == 1 ? "true" : "false"
        : ParameterSet.Literal(Column[instance] ?? 0);
}

/// <summary>What a number counts. Numbers of different kinds never share a parameter, even where they agree.</summary>
internal enum NumberKind
{
    Channels,
    Stride,
    Dilation,
    Groups,
    Kernel,
    Padding,
    Features,
    Rate,
    Flag,
}
