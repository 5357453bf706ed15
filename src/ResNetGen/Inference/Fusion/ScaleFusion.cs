using static TorchSharp.torch;

namespace ResNetGen.Planning;

/// <summary>
/// Takes what scales and shifts channels (batch normalisation with fixed statistics, constant factors) into the convolution before
/// it, where nothing else reads that convolution: other weights, one pass over the map less.
/// </summary>
internal static class ScaleFusion
{
    public static OperationGraph Fuse(OperationGraph graph) => Rewriting.Run(graph, static (rewriting, operation) =>
    {
        if (operation is not ScaleShift scale || rewriting.OnlyFor<Convolution>(scale.Input) is not { After: null, Addend: null } conv)
            return operation;

        rewriting.Replace(conv, conv with
        {
            Gain = conv.Gain is null ? scale.Scale : conv.Gain.mul(scale.Scale),
            Bias = conv.Bias is null ? scale.Shift : conv.Bias.mul(scale.Scale).add(scale.Shift),
            Output = scale.Output,
        });
        return null;
    });
}
