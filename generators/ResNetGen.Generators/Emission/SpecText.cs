using System.Globalization;
using ResNetGen.Architecture;

namespace ResNetGen.Generators.Emission;

/// <summary>A specification as the C# expression that makes it again at run time: what was written, and nothing else.</summary>
internal static class SpecText
{
    /// <summary><c>new ResNetSpec { Name = "ResNet50", Depth = 50 }</c>.</summary>
    public static string Of(NetworkSpec spec, Names names)
    {
        IEnumerable<(string Property, string? Value)> all =
        [
            ("Name", Frame.Quote(spec.Name)),
            .. spec switch
            {
                ResNetSpec net => [.. Staged(net, names), .. Residual(net, names), .. OfResNet(net, names)],
                StagedSpec net => Staged(net, names),
                CifarResNetSpec net => [.. Cifar(net, names), .. Residual(net, names)],
                CifarSpec net => Cifar(net, names),
                VggSpec net => [("Depth", Number(net.Depth)), ("BatchNorm", Flag(net.BatchNorm))],
                _ => [],
            },
            ("Channels", Number(spec.Channels)),
            ("Height", Number(spec.Height)),
            ("Width", Number(spec.Width)),
            ("Classes", Number(spec.Classes)),
            ("Recompute", Enum(spec.Recompute, names)),
        ];
        IEnumerable<string> written = all.Where(each => each.Value is not null).Select(each => $"{each.Property} = {each.Value}");
        return $"new {names[spec.GetType().Name]} {{ {string.Join(", ", written)} }}";
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
        ("Widths", spec.Widths?.ToString()),
        ("OutputStride", Number(spec.OutputStride)),
    ];

    private static IEnumerable<(string Property, string? Value)> Cifar(CifarSpec spec, Names names) =>
        [("Depth", Number(spec.Depth)), ("Block", Enum(spec.Block, names))];

    private static IEnumerable<(string Property, string? Value)> Residual(IResidualOptions spec, Names names) =>
    [
        ("Shortcut", Enum(spec.Shortcut, names)),
        ("Unit", Enum(spec.Unit, names)),
        ("Skip", Enum(spec.Skip, names)),
        ("SkipScale", Number(spec.SkipScale)),
        ("BranchScale", Number(spec.BranchScale)),
        ("GateBias", Number(spec.GateBias)),
        ("ZeroInitResidual", Flag(spec.ZeroInitResidual)),
        ("SqueezeExcitation", Number(spec.SqueezeExcitation)),
        ("DropPath", Number(spec.DropPath)),
    ];

    private static IEnumerable<(string Property, string? Value)> OfResNet(ResNetSpec spec, Names names) =>
    [
        ("ZeroPadding", Enum(spec.ZeroPadding, names)),
        ("ProjectionBatchNorm", Flag(spec.ProjectionBatchNorm)),
        ("AverageDown", Flag(spec.AverageDown)),
    ];

    private static string? Number(int? value) => value?.ToString(CultureInfo.InvariantCulture);

    private static string? Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture);

    private static string? Flag(bool? value) => value is { } given ? given ? "true" : "false" : null;

    private static string? Enum<T>(T? value, Names names)
        where T : struct, Enum => value is { } given ? $"{names[typeof(T).Name]}.{given}" : null;
}
