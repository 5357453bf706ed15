using System.Globalization;
using ResNetGen.Architecture;

namespace ResNetGen.Generators.Emission;

/// <summary>The network's description at run time, from what the user wrote.</summary>
internal static class ArchitecturePart
{
    public static void Write(SourceWriter writer, EmitContext context)
    {
        Names names = context.Names;
        string spec = names[context.Model.Spec.GetType().Name];
        writer.Write($$"""
            /// <summary>Layers, shapes and costs; <c>ToString()</c> is the summary table.</summary>
            public static {{names["NetworkArchitecture"]}} Architecture { get; } =
                new {{spec}} { {{string.Join(", ", Values(context))}} }.Build();

            """);
    }

    private static IEnumerable<string> Values(EmitContext context)
    {
        NetworkSpec spec = context.Model.Spec;
        IEnumerable<(string Property, string? Value)> all =
        [
            ("Name", Frame.Quote(spec.Name)),
            .. spec switch
            {
                ResNetSpec net => [.. Staged(net, context), ("Shortcut", Enum(net.Shortcut, context)), ("ZeroPadding", Enum(net.ZeroPadding, context))],
                StagedSpec net => Staged(net, context),
                CifarResNetSpec net => [.. Cifar(net, context), ("Shortcut", Enum(net.Shortcut, context))],
                CifarSpec net => Cifar(net, context),
                _ => [],
            },
            ("Channels", Number(spec.Channels)),
            ("Height", Number(spec.Height)),
            ("Width", Number(spec.Width)),
            ("Classes", Number(spec.Classes)),
        ];
        return all.Where(each => each.Value is not null).Select(each => $"{each.Property} = {each.Value}");
    }

    private static IEnumerable<(string Property, string? Value)> Staged(StagedSpec spec, EmitContext context) =>
    [
        ("Depth", Number(spec.Depth)),
        ("Stages", spec.Stages?.ToString()),
        ("Block", Enum(spec.Block, context)),
        ("Stride", Enum(spec.Stride, context)),
        ("Stem", Enum(spec.Stem, context)),
        ("StemWidth", Number(spec.StemWidth)),
        ("Groups", Number(spec.Groups)),
        ("WidthPerGroup", Number(spec.WidthPerGroup)),
    ];

    private static IEnumerable<(string Property, string? Value)> Cifar(CifarSpec spec, EmitContext context) =>
        [("Depth", Number(spec.Depth)), ("Block", Enum(spec.Block, context))];

    private static string? Number(int? value) => value?.ToString(CultureInfo.InvariantCulture);

    private static string? Enum<T>(T? value, EmitContext context)
        where T : struct, Enum => value is { } given ? $"{context.Names[typeof(T).Name]}.{given}" : null;
}
