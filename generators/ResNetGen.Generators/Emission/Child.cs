using ResNetGen.Architecture.Layers;
using ResNetGen.Architecture;

namespace ResNetGen.Generators.Emission;

/// <summary>A child module of the network.</summary>
/// <param name="Property">Its property.</param>
/// <param name="Type">The property's type.</param>
/// <param name="Key">The name it is registered under, its segment of state_dict keys.</param>
/// <param name="Value">The expression that makes it.</param>
/// <param name="Summary">Its documentation.</param>
internal sealed record Child(string Property, string Type, string Key, string Value, string Summary)
{
    /// <summary>The network's children in the order they run.</summary>
    public static IEnumerable<Child> Of(EmitContext context)
    {
        Names names = context.Names;
        string nn = names["torch"] + ".nn";
        Shape shape = context.Network.Input;
        foreach (Layer layer in context.Network.Root.Layers)
        {
            Shape output = layer.Output(shape);
            string change = $"{shape} → {output}.";
            switch (layer)
            {
                case Conv2d conv:
                    yield return new("Conv1", names["Conv2d"], conv.Name, Convolution(nn, shape.Channels, conv),
                        $"{Windowed(conv.Kernel, "convolution", conv.Stride)}: {change}");
                    break;
                case BatchNorm2d norm:
                    string normalise = FormattableString.Invariant($"{nn}.BatchNorm2d({shape.Channels})");
                    yield return new("Bn1", names["BatchNorm2d"], norm.Name, normalise, $"Batch normalisation of {shape}.");
                    break;
                case MaxPool2d pool:
                    yield return new("MaxPool", names["MaxPool2d"], pool.Name,
                        FormattableString.Invariant($"{nn}.MaxPool2d({pool.Kernel}, stride: {pool.Stride}, padding: {pool.Padding})"),
                        $"{Windowed(pool.Kernel, "max pooling", pool.Stride)}: {change}");
                    break;
                case Blocks:
                    yield return OfStage(context, context.Network.Stages.Single(stage => stage.Name == layer.Name));
                    break;
                case GlobalAvgPool pool:
                    yield return new("AvgPool", names["AdaptiveAvgPool2d"], pool.Name, $"{nn}.AdaptiveAvgPool2d(1)", $"Mean of each channel: {change}");
                    break;
                case Flatten flatten:
                    yield return new("Flatten", names["Flatten"], flatten.Name, $"{nn}.Flatten()", change);
                    break;
                case Linear linear:
                    yield return new("Fc", names["Linear"], linear.Name,
                        FormattableString.Invariant($"{nn}.Linear({shape.Channels}, {linear.Features})"),
                        FormattableString.Invariant($"Classifier: {shape.Channels} → {linear.Features}."));
                    break;
            }

            shape = output;
        }
    }

    private static Child OfStage(EmitContext context, Stage stage)
    {
        string width = context.IsBottleneck ? FormattableString.Invariant($"width: {stage.Width}, ") : "";
        return new Child(
            "L" + stage.Name.Substring(1),
            $"{context.Names["ModuleList"]}<{context.BlockClass}>",
            stage.Name,
            FormattableString.Invariant($"{context.BlockClass}.Stage({stage.Blocks}, inChannels: {stage.Input.Channels}, ")
                + FormattableString.Invariant($"{width}channels: {stage.Channels}, stride: {stage.Stride})"),
            $"{DocumentationPart.Blocks(stage)}: {stage.Input} → {stage.Output}.");
    }

    private static string Windowed(int kernel, string what, int stride) => stride == 1
        ? FormattableString.Invariant($"{kernel}×{kernel} {what}")
        : FormattableString.Invariant($"{kernel}×{kernel} {what}, stride {stride}");

    private static string Convolution(string nn, int inChannels, Conv2d conv)
    {
        string stride = conv.Stride == 1 ? "" : FormattableString.Invariant($"stride: {conv.Stride}, ");
        return FormattableString.Invariant(
            $"{nn}.Conv2d({inChannels}, {conv.Channels}, kernel_size: {conv.Kernel}, {stride}padding: {conv.Kernel / 2}, bias: false)");
    }
}
