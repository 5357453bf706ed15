namespace ResNetGen.Generators.Emission;

/// <summary>The short names that generated code uses, and what each stands for. The parser looks each of them up.</summary>
internal static class NameTable
{
    private static readonly Dictionary<string, string> Meanings = Table(
        ("System", ["ArgumentException", "IDisposable"]),
        ("ResNetGen",
        [
            "Block", "INetwork", "InputSize", "Merge", "Recompute", "Shortcut", "Skip", "Stem", "StridePlacement", "Unit", "ZeroPadding",
        ]),
        ("ResNetGen.Architecture",
        [
            "CifarPlainNetSpec", "CifarResNetSpec", "ConvForm", "ConvSpec", "CustomNetworkSpec", "DropoutSpec", "JoinSpec", "LeakyReLUSpec",
            "LinearSpec", "NetworkArchitecture", "PlainLayer", "PlainLayerSpec", "PlainNetSpec", "PoolSpec", "ResNetSpec", "ResidualSpec", "UseSpec", "VggSpec",
        ]),
        ("ResNetGen.Modules",
        [
            "BatchNormReLU", "BatchNormReLUConv", "ConvBatchNorm", "ConvBatchNormReLU", "ConvReLU", "DropPath", "FusedSequential", "Gating", "GlobalAvgPool", "Join",
            "Residual", "SqueezeExcitation", "ZeroPadShortcut",
        ]),
        ("TorchSharp", ["torch"]),
        ("TorchSharp.Modules",
        [
            "AdaptiveAvgPool2d", "AvgPool2d", "BatchNorm2d", "Conv2d", "Dropout", "Flatten", "GELU", "LeakyReLU", "Linear",
            "MaxPool2d", "ModuleList", "ReLU", "Sequential", "SiLU", "Sigmoid",
        ]));

    /// <summary>Every short name with its full one, in ordinal order.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> All { get; } =
        [.. Meanings.OrderBy(pair => pair.Key, StringComparer.Ordinal)];

    /// <summary>The full name.</summary>
    public static string Meaning(string name) =>
        Meanings.TryGetValue(name, out string? meaning) ? meaning : throw new InvalidOperationException($"The name table lacks '{name}'.");

    private static Dictionary<string, string> Table(params (string Namespace, string[] Names)[] rows) =>
        rows.SelectMany(row => row.Names.Select(name => (Name: name, Full: $"{row.Namespace}.{name}")))
            .ToDictionary(pair => pair.Name, pair => pair.Full, StringComparer.Ordinal);
}
