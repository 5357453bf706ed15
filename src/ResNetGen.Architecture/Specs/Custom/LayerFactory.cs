using ResNetGen.Architecture.Layers;

namespace ResNetGen.Architecture;

/// <summary>Makes the layer of one declared member, or says why what reaches it does not fit.</summary>
/// <param name="builder">The builder that asks.</param>
/// <param name="place">The member.</param>
/// <param name="sources">What it takes.</param>
/// <param name="isNormalised">Whether a batch normalisation takes its output.</param>
internal sealed class LayerFactory(CustomBuilder builder, LayerPlace place, Source[] sources, bool isNormalised)
{
    private readonly Shape _input = sources[0].Shape;
    private readonly string _key = place.Member.Key;

    public Layer? Make() => place.Member.Layer switch
    {
        JoinSpec join => Joins.Make(builder, place, join, sources),
        LinearSpec linear => Linear(linear),
        DropoutSpec dropout => new Dropout(_key, dropout.Probability),
        LeakyReLUSpec leaky => new Activation(_key, Function.LeakyReLU) { NegativeSlope = leaky.NegativeSlope ?? 0.01 },
        PlainLayerSpec { Kind: PlainLayer.ReLU } => new Activation(_key, Function.ReLU) { IsDeclared = true },
        PlainLayerSpec { Kind: PlainLayer.GELU } => new Activation(_key, Function.GELU),
        PlainLayerSpec { Kind: PlainLayer.SiLU } => new Activation(_key, Function.SiLU),
        PlainLayerSpec { Kind: PlainLayer.Sigmoid } => new Activation(_key, Function.Sigmoid),
        PlainLayerSpec { Kind: PlainLayer.Flatten } => Flatten(),
        ResidualSpec residual => Residuals.Make(builder, place, residual, sources[0]),
        _ when _input.IsVector => builder.Fail(
            place.Problem(ProblemKind.LayerTakesMaps, "", place.Member.Layer.Attribute, LayerPlace.Text(_input.Channels)), sources[0].Id),
        UseSpec use => Backbones.Make(builder, place, use, sources[0]),
        ConvSpec conv => Conv(conv),
        PoolSpec { Mean: true } pool => Windowed(new AvgPool2d(_key, pool.Kernel, pool.ResolvedStride) { Padding = pool.ResolvedPadding }),
        PoolSpec pool => Windowed(new MaxPool2d(_key, pool.Kernel, pool.ResolvedStride, pool.ResolvedPadding)),
        PlainLayerSpec { Kind: PlainLayer.GlobalAvgPool } =>
            new Joined(_key, "GlobalAvgPool", [new GlobalAvgPool("pool"), new Flatten("flatten")]),
        PlainLayerSpec { Kind: PlainLayer.BatchNorm } => new BatchNorm2d(_key),
        PlainLayerSpec { Kind: PlainLayer.BatchNormReLU } => new Joined(_key, "BatchNormReLU", [new BatchNorm2d("bn"), ReLU]),
        _ => throw new InvalidOperationException($"No layer is made of {place.Member.Layer}."),
    };

    private static Activation ReLU => new("relu", Function.ReLU);

    private Layer? Linear(LinearSpec linear) => _input.IsVector
        ? new Linear(_key, linear.Features)
        : builder.Fail(
            place.Problem(ProblemKind.LinearTakesVectors, "", _input.ToString(), LayerPlace.Text(_input.Elements), place.Member.Name), sources[0].Id);

    private Layer? Flatten() => _input.Elements <= int.MaxValue
        ? new Flatten(_key)
        : builder.Fail(new Problem(ProblemKind.ValueOutOfRange, "",
            [$"elements of {place.Id}", LayerPlace.Text(_input.Elements), "1", LayerPlace.Text(int.MaxValue)]) { Layer = place.Id }, sources[0].Id);

    private Layer? Conv(ConvSpec spec)
    {
        string name = spec.Form == ConvForm.Conv ? _key : "conv";
        int groups = spec.Groups ?? 1;
        var conv = new Conv2d(name, spec.Channels, spec.Kernel ?? 3, spec.Stride ?? 1, groups)
        {
            Dilation = spec.Dilation ?? 1,
            Padding = spec.Padding,
            Bias = spec.Bias ?? spec.Form == ConvForm.ConvReLU || (spec.Form == ConvForm.Conv && !isNormalised),
        };
        if (_input.Channels % groups != 0 || spec.Channels % groups != 0)
        {
            int fits = Enumerable.Range(1, groups).Last(each => _input.Channels % each == 0 && spec.Channels % each == 0);
            return builder.Fail(place.Problem(ProblemKind.GroupsDoNotDivide, "Groups",
                LayerPlace.Text(groups), LayerPlace.Text(_input.Channels), LayerPlace.Text(spec.Channels), LayerPlace.Text(fits)), sources[0].Id);
        }

        return Windowed(conv) is null ? null : Around(spec, conv);
    }

    private Layer Around(ConvSpec spec, Conv2d conv) => spec.Form switch
    {
        ConvForm.ConvBatchNorm => new Joined(_key, spec.Attribute, [conv, new BatchNorm2d("bn")]),
        ConvForm.ConvBatchNormReLU => new Joined(_key, spec.Attribute, [conv, new BatchNorm2d("bn"), ReLU]),
        ConvForm.ConvReLU => new Joined(_key, spec.Attribute, [conv, ReLU]),
        ConvForm.BatchNormReLUConv => new Joined(_key, spec.Attribute, [new BatchNorm2d("bn"), ReLU, conv]),
        _ => conv,
    };

    private Layer? Windowed(Leaf leaf) => Vanishing.Fits(leaf, _input)
        ? leaf
        : builder.Fail(Vanishing.Problem(place.Path, leaf, _input) with { Related = [place.Id] }, place.Id);
}
