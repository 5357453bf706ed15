using ResNetGen.Architecture;

namespace ResNetGen.Generators.Emission;

/// <summary>A convolution of the block, in terms of the block's constructor parameters.</summary>
/// <param name="Number">1, 2 or 3, as in <c>conv1</c>.</param>
/// <param name="Arguments">Arguments of <c>torch.nn.Conv2d</c>.</param>
/// <param name="Channels">Its output channels.</param>
/// <param name="Summary">Its documentation.</param>
internal sealed record BlockConvolution(int Number, string Arguments, string Channels, string Summary)
{
    public static IEnumerable<BlockConvolution> Of(EmitContext context)
    {
        if (!context.IsBottleneck)
            return
            [
                new(1, "inChannels, channels, kernel_size: 3, stride: stride, padding: 1, bias: false", "channels",
                    "3×3 convolution with the block's stride: inChannels → channels."),
                new(2, "channels, channels, kernel_size: 3, padding: 1, bias: false", "channels",
                    "3×3 convolution: channels → channels."),
            ];

        bool early = context.Plan.Stride == StridePlacement.First1x1;
        string groups = context.Plan.Groups == 1 ? "" : FormattableString.Invariant($"groups: {context.Plan.Groups}, ");
        return
        [
            new(1, $"inChannels, width, kernel_size: 1, {Stride(early)}bias: false", "width",
                $"1×1 convolution{With(early)}: inChannels → width."),
            new(2, $"width, width, kernel_size: 3, {Stride(!early)}padding: 1, {groups}bias: false", "width",
                $"3×3 convolution{With(!early)}: width → width."),
            new(3, "width, channels, kernel_size: 1, bias: false", "channels",
                "1×1 convolution: width → channels."),
        ];
    }

    private static string Stride(bool here) => here ? "stride: stride, " : "";

    private static string With(bool stride) => stride ? " with the block's stride" : "";
}
