using System.Globalization;
using ResNetGen.Architecture;

namespace ResNetGen.Generators.Emission;

/// <summary>The network's description at run time, from what the user wrote.</summary>
internal static class ArchitecturePart
{
    public static void Write(SourceWriter writer, EmitContext context)
    {
        Names names = context.Names;
        writer.Write($$"""
            /// <summary>Layers, shapes and costs; <c>ToString()</c> is the summary table.</summary>
            public static {{names["NetworkArchitecture"]}} Architecture { get; } =
            """);
        writer.Write(Indented(Text(context.Model.Spec, names) + ".Build();"));
        writer.Line();
    }

    /// <summary>The expression that makes a specification.</summary>
    public static string Text(NetworkSpec spec, Names names) => spec is CustomNetworkSpec custom
        ? new CustomSpecText(names).Of(custom)
        : $"new {names[spec.GetType().Name]} {{ {string.Join(", ", Values(spec, names))} }}";

    private static string Indented(string text) => "    " + text.Replace("\n", "\n    ");

    private static IEnumerable<string> Values(NetworkSpec spec, Names names)
    {
        IEnumerable<(string Property, string? Value)> all =
        [
            ("Name", Frame.Quote(spec.Name)),
            .. spec switch
            {
                ResNetSpec net => [.. Staged(net, names), ("Shortcut", Enum(net.Shortcut, names)), ("ZeroPadding", Enum(net.ZeroPadding, names))],
                StagedSpec net => Staged(net, names),
                CifarResNetSpec net => [.. Cifar(net, names), ("Shortcut", Enum(net.Shortcut, names))],
                CifarSpec net => Cifar(net, names),
                _ => [],
            },
            ("Channels", Number(spec.Channels)),
            ("Height", Number(spec.Height)),
            ("Width", Number(spec.Width)),
            ("Classes", Number(spec.Classes)),
        ];
        return all.Where(each => each.Value is not null).Select(each => $"{each.Property} = {each.Value}");
    }

    private static IEnumerable<(string Property, string? Value)> Staged(StagedSpec spec, Names names) =>
    [
        ("Depth", Number(spec.Depth)),
        ("Stages", spec.Stages?.ToString()),
        ("Block", Enum(spec.Block, names)),
        ("Stride", Enum(spec.Stride, names)),
        ("Stem", Enum(spec.Stem, names)),
        ("StemWidth", Number(spec.StemWidth)),
        ("Groups", Number(spec.Groups)),
        ("WidthPerGroup", Number(spec.WidthPerGroup)),
    ];

    private static IEnumerable<(string Property, string? Value)> Cifar(CifarSpec spec, Names names) =>
        [("Depth", Number(spec.Depth)), ("Block", Enum(spec.Block, names))];

    private static string? Number(int? value) => value?.ToString(CultureInfo.InvariantCulture);

    private static string? Enum<T>(T? value, Names names)
        where T : struct, Enum => value is { } given ? $"{names[typeof(T).Name]}.{given}" : null;
}
