using ResNetGen.Architecture;
using ResNetGen.Architecture.Layers;

namespace ResNetGen.Generators.Emission.Classes;

/// <summary>How each kind of layer is written in C#: the module's type, and the expression that makes it. The one table of both.</summary>
internal static class LayerCode
{
    /// <summary>The module's type.</summary>
    public static string Type(Layer layer, Names names) => layer switch
    {
        Conv2d => names["Conv2d"],
        BatchNorm2d => names["BatchNorm2d"],
        MaxPool2d => names["MaxPool2d"],
        AvgPool2d => names["AvgPool2d"],
        GlobalAvgPool => names["AdaptiveAvgPool2d"],
        Flatten => names["Flatten"],
        Dropout => names["Dropout"],
        Linear => names["Linear"],
        ZeroPadShortcut => names["ZeroPadShortcut"],
        SqueezeExcitation => names["SqueezeExcitation"],
        DropPath => names["DropPath"],
        Activation { Function: var function } => names[function.ToString()],
        Sequence => names["Sequential"],
        Instance { ClassName: var name } => names.Class(name),
        Blocks blocks => $"{names["ModuleList"]}<{Type(blocks.Runs[0].Body, names)}>",
        Join => names["Join"],
        Joined { Kind: var kind } => names[kind],
        Residual { Branch: Instance branch } => $"{names["Residual"]}<{Type(branch, names)}>",
        _ => throw new InvalidOperationException($"No code makes a {layer.GetType().Name}."),
    };

    /// <summary>The expression that makes the module.</summary>
    public static string Make(Slot slot, CodeContext code) => slot.Sample switch
    {
        Conv2d => $"{code.Nn}.Conv2d({string.Join(", ", ConvolutionCode.Arguments(slot, code, kernel: "kernel_size: ", usuallyBiased: true))})",
        BatchNorm2d => $"{code.Nn}.BatchNorm2d({code.InChannels(slot)})",
        MaxPool2d pool => $"{code.Nn}.MaxPool2d({Window(slot, pool.Padding, code)})",
        AvgPool2d pool => AveragePool(slot, pool, code),
        GlobalAvgPool pool => FormattableString.Invariant($"{code.Nn}.AdaptiveAvgPool2d({pool.Size})"),
        Flatten => $"{code.Nn}.Flatten()",
        Dropout dropout => $"{code.Nn}.Dropout({ParameterSet.Literal(dropout.Probability)}{(code.WorksInPlace(slot) ? ", inplace: true" : "")})",
        Linear => $"{code.Nn}.Linear({code.Parameters.Of(slot.OfInput(shape => shape.Elements), NumberKind.Features)}, {code.Number<Linear>(slot, layer => layer.Features, NumberKind.Features)})",
        ZeroPadShortcut pad =>
            $"new {code.Names["ZeroPadShortcut"]}({code.Number<ZeroPadShortcut>(slot, layer => layer.Stride, NumberKind.Stride)}, {code.InChannels(slot)}, "
            + $"{code.Number<ZeroPadShortcut>(slot, layer => layer.Channels, NumberKind.Channels)}, {code.Names["ZeroPadding"]}.{pad.Padding})",
        SqueezeExcitation => $"new {code.Names["SqueezeExcitation"]}({code.InChannels(slot)}, {Squeezed(slot, code)})",
        DropPath => $"new {code.Names["DropPath"]}({DropPathCode.Rate(slot, code)})",
        Activation activation => ActivationCode.Make(slot, activation, code),
        Instance instance => $"new {Type(instance, code.Names)}({code.Arguments(slot)})",
        Blocks => BlocksCode.Make(slot, code),
        Sequence => SequentialCode.Make(slot, code),
        _ => DeclaredCode.Make(slot, code),
    };

    private static string Squeezed(Slot slot, CodeContext code)
    {
        Column squeezed = slot.Of<SqueezeExcitation>(layer => layer.Squeezed);
        code.Parameters.Know("squeezed", squeezed, NumberKind.Features);
        return code.Parameters.Of(squeezed, NumberKind.Features);
    }

    private static string AveragePool(Slot slot, AvgPool2d pool, CodeContext code) =>
        $"{code.Nn}.AvgPool2d({Window(slot, pool.Padding, code)}{(pool.CeilMode ? ", ceil_mode: true" : "")}, count_include_pad: false)";

    private static string Window(Slot slot, int padding, CodeContext code)
    {
        string kernel = slot.Sample is MaxPool2d
            ? code.Number<MaxPool2d>(slot, layer => layer.Kernel, NumberKind.Kernel)
            : code.Number<AvgPool2d>(slot, layer => layer.Kernel, NumberKind.Kernel);
        string stride = slot.Sample is MaxPool2d
            ? code.Number<MaxPool2d>(slot, layer => layer.Stride, NumberKind.Stride)
            : code.Number<AvgPool2d>(slot, layer => layer.Stride, NumberKind.Stride);
        return $"{kernel}, stride: {stride}{(padding == 0 ? "" : FormattableString.Invariant($", padding: {padding}"))}";
    }
}
