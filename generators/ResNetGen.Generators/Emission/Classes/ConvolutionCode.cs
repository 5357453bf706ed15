using ResNetGen.Architecture.Layers;

namespace ResNetGen.Generators.Emission.Classes;

/// <summary>The arguments of a convolution, those left out that the callee has as its defaults.</summary>
internal static class ConvolutionCode
{
    /// <param name="slot">The convolution's place.</param>
    /// <param name="code">What the code is written with.</param>
    /// <param name="kernel">The name of the kernel's argument with its colon, or nothing where it goes by position.</param>
    /// <param name="usuallyBiased">Whether the callee adds a bias unless told.</param>
    public static List<string> Arguments(Slot slot, CodeContext code, string kernel, bool usuallyBiased)
    {
        var convolution = (Conv2d)slot.Sample;
        // One tap has no distance to another.
        string dilation = slot.Layers.OfType<Conv2d>().All(layer => layer.Kernel == 1)
            ? "1"
            : code.Number<Conv2d>(slot, layer => layer.Dilation, NumberKind.Dilation);
        List<string> arguments =
        [
            code.InChannels(slot),
            code.Number<Conv2d>(slot, layer => layer.Channels, NumberKind.Channels),
            kernel + code.Number<Conv2d>(slot, layer => layer.Kernel, NumberKind.Kernel),
        ];
        code.Add(arguments, "stride", code.Number<Conv2d>(slot, layer => layer.Stride, NumberKind.Stride), "1");
        code.Add(arguments, "padding", Padding(slot, convolution, dilation, code), "0");
        code.Add(arguments, "dilation", dilation, "1");
        code.Add(arguments, "groups", code.Number<Conv2d>(slot, layer => layer.Groups, NumberKind.Groups), "1");
        if (convolution.Bias != usuallyBiased)
            arguments.Add(convolution.Bias ? "bias: true" : "bias: false");

        return arguments;
    }

    // The padding that keeps height and width moves with the dilation.
    private static string Padding(Slot slot, Conv2d convolution, string dilation, CodeContext code)
    {
        bool isSame = slot.Layers.OfType<Conv2d>().All(layer =>
            layer.Padding is null && layer.Kernel == convolution.Kernel && layer.Kernel % 2 == 1);
        if (!isSame || dilation != "dilation")
            return code.Number<Conv2d>(slot, layer => layer.ResolvedPadding, NumberKind.Padding);

        return convolution.Kernel switch
        {
            1 => "0",
            3 => "dilation",
            int kernel => FormattableString.Invariant($"{kernel / 2} * dilation"),
        };
    }
}
