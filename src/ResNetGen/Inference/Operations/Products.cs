using ResNetGen.Architecture.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Planning;

/// <summary>A convolution, with what normalisation after it makes of its weights.</summary>
/// <param name="Path">The module.</param>
/// <param name="Layer">Kernel, stride, padding, dilation, groups.</param>
/// <param name="Weight">[out, in / groups, kernel, kernel]: the network's own, which stays as it is.</param>
/// <param name="Bias">[out], 64 bits; null for none.</param>
/// <param name="Input">What it takes.</param>
/// <param name="Output">What it gives.</param>
internal sealed record Convolution(string Path, Conv2d Layer, Tensor Weight, Tensor? Bias, Map Input, Map Output) : Adding(Path, Output)
{
    public override IReadOnlyList<Map> Inputs => Addend is null ? [Input] : [Input, Addend];

    /// <summary>What each output channel's weights are multiplied by, [out] in 64 bits; null for 1.</summary>
    public Tensor? Gain { get; init; }

    /// <summary>The weights times their gains, computed in 64 bits and rounded once to 32; the caller's own.</summary>
    public Tensor FoldedWeight()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor weight = Gain is null ? Weight : Weight.to(ScalarType.Float64).mul(Gain.reshape(-1, 1, 1, 1));
        return weight.to(ScalarType.Float32).contiguous().alias().MoveToOuterDisposeScope();
    }
}

/// <summary>A linear layer on all elements of each image, channels before rows before columns.</summary>
/// <param name="Path">The module.</param>
/// <param name="Weight">[features, elements].</param>
/// <param name="Bias">[features].</param>
/// <param name="Input">What it takes.</param>
/// <param name="Output">What it gives, a vector.</param>
internal sealed record FullyConnected(string Path, Tensor Weight, Tensor Bias, Map Input, Map Output) : Activated(Path, Output)
{
    public override IReadOnlyList<Map> Inputs => [Input];
}
