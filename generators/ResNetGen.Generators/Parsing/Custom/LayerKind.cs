using Microsoft.CodeAnalysis;
using ResNetGen.Architecture;

namespace ResNetGen.Generators.Parsing;

/// <summary>A layer attribute without a type argument: what it asks for, and the property's type.</summary>
/// <param name="Attribute">Its name without the suffix: <c>ConvBatchNorm</c>.</param>
/// <param name="Type">The module, with its namespace: <c>TorchSharp.Modules.Conv2d</c>.</param>
/// <param name="Read">Makes the layer of what was written, and of nothing else.</param>
internal sealed record LayerKind(string Attribute, string Type, Func<AttributeValues, LayerSpec> Read)
{
    private const string Torch = "TorchSharp.Modules.";
    private const string Ours = "ResNetGen.Modules.";

    private static readonly Dictionary<string, LayerKind> All = Table().ToDictionary(static kind => kind.Attribute, StringComparer.Ordinal);

    /// <summary>Whether an attribute makes a member a layer.</summary>
    public static bool IsLayer(AttributeData attribute) =>
        NameOf(attribute) is { } name && (All.ContainsKey(name) || name is "Residual" or "Use");

    /// <summary>The kind of a layer's attribute; null for those with a type argument.</summary>
    public static LayerKind? Of(AttributeData attribute) =>
        NameOf(attribute) is { } name && All.TryGetValue(name, out LayerKind? kind) ? kind : null;

    /// <summary>The name of an attribute of ours without its suffix, or null.</summary>
    public static string? NameOf(AttributeData attribute) =>
        attribute.AttributeClass is { ContainingNamespace: { Name: "ResNetGen", ContainingNamespace.IsGlobalNamespace: true } } type
        && type.Name.EndsWith("Attribute", StringComparison.Ordinal)
            ? type.Name.Substring(0, type.Name.Length - "Attribute".Length)
            : null;

    private static IEnumerable<LayerKind> Table() =>
    [
        .. Enum.GetNames(typeof(ConvForm)).Select(static name =>
            new LayerKind(name, name == nameof(ConvForm.Conv) ? Torch + "Conv2d" : Ours + name, written => Conv((ConvForm)Enum.Parse(typeof(ConvForm), name), written))),
        Plain(PlainLayer.BatchNorm, Torch + "BatchNorm2d"),
        Plain(PlainLayer.BatchNormReLU, Ours + "BatchNormReLU"),
        Plain(PlainLayer.ReLU, Torch + "ReLU"),
        Plain(PlainLayer.GELU, Torch + "GELU"),
        Plain(PlainLayer.SiLU, Torch + "SiLU"),
        Plain(PlainLayer.Sigmoid, Torch + "Sigmoid"),
        Plain(PlainLayer.GlobalAvgPool, Ours + "GlobalAvgPool"),
        Plain(PlainLayer.Flatten, Torch + "Flatten"),
        new("LeakyReLU", Torch + "LeakyReLU", static written => new LeakyReLUSpec { NegativeSlope = written.Double("NegativeSlope") }),
        new("MaxPool", Torch + "MaxPool2d", static written => Pool(mean: false, written)),
        new("AvgPool", Torch + "AvgPool2d", static written => Pool(mean: true, written)),
        new("Dropout", Torch + "Dropout", static written => new DropoutSpec(written.Positional("probability") as double? ?? 0)),
        new("Linear", Torch + "Linear", static written => new LinearSpec(Number(written, "features"))),
        new("Join", Ours + "Join", static written => new JoinSpec((Merge)Number(written, "merge"))),
    ];

    private static LayerKind Plain(PlainLayer kind, string type) => new(kind.ToString(), type, _ => new PlainLayerSpec(kind));

    private static ConvSpec Conv(ConvForm form, AttributeValues written) => new(form, Number(written, "channels"))
    {
        Kernel = written.Int("Kernel"),
        Stride = written.Int("Stride"),
        Groups = written.Int("Groups"),
        Dilation = written.Int("Dilation"),
        Padding = written.Int("Padding"),
        Bias = written.Bool("Bias"),
    };

    private static PoolSpec Pool(bool mean, AttributeValues written) => new(mean, Number(written, "kernel"))
    {
        Stride = written.Int("Stride"),
        Padding = written.Int("Padding"),
    };

    private static int Number(AttributeValues written, string parameter) => written.Positional(parameter) as int? ?? 0;
}
