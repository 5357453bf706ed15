using ResNetGen.Architecture;
using ResNetGen.Tests.Networks;
using ResNetGen.Tests.Parity;
using static TorchSharp.torch;

namespace ResNetGen.Tests.Export;

/// <summary>A network whose exported file ONNX Runtime has run. This file is compiled into <c>tests/onnx</c> too, which makes them run.</summary>
/// <param name="Name">Its name in tables and golden files.</param>
/// <param name="Architecture">Its layers.</param>
/// <param name="Create">Makes it with fresh weights.</param>
internal sealed record OnnxCase(string Name, NetworkArchitecture Architecture, Func<nn.Module<Tensor, Tensor>> Create)
{
    /// <summary>Images in the largest batch that is compared.</summary>
    public const int Batch = 3;

    /// <summary>Networks that run in milliseconds: between them every kind of layer, unit, skip and shortcut.</summary>
    public static IReadOnlyList<OnnxCase> Small { get; } =
    [
        Of<BasicNet>(), Of<BasicC>(), Of<BottleneckNet>(), Of<BottleneckV15>(), Of<Grouped>(), Of<BottleneckA>(), Of<BottleneckABoth>(),
        Of<Plain>(), Of<PlainBottleneck>(), Of<Networks.Cifar>(), Of<CifarB>(), Of<CifarC>(), Of<CifarBottleneck>(), Of<CifarPlain>(),
        Of<UnitBatchNormAfter>(), Of<UnitReLUBefore>(), Of<UnitReLUOnly>(), Of<UnitFull>(), Of<UnitFullBottleneck>(),
        Of<UnitReLUOnlyBottleneck>(), Of<UnitFullImageNet>(), Of<UnitBatchNormAfterImageNet>(), Of<OneLayer>(), Of<OneLayerFull>(),
        Of<SkipScale>(), Of<SkipScaleBoth>(), Of<SkipScaleReLUBefore>(), Of<SkipExclusive>(), Of<SkipShortcutOnly>(), Of<SkipConv1x1>(),
        Of<DroppedSkips>(), Of<DroppedPaths>(), Of<Squeeze>(), Of<SqueezeBottleneck>(), Of<ResNetD>(), Of<Dilated>(),
        Of<DilatedBottleneck>(), Of<FreeWidths>(), Of<Backbone>(), Of<Parting>(), Of<Networks.Custom.TinyNet>(), Of<Networks.Custom.TwoPath>(),
        Of<Networks.Custom.PreActivated>(), Of<Networks.Custom.OnAStage>(), Of<Networks.Custom.OnATap>(),
    ];

    public static OnnxCase Of<TNetwork>(string? name = null)
        where TNetwork : nn.Module<Tensor, Tensor>, INetwork<TNetwork> =>
        new(name ?? typeof(TNetwork).Name, TNetwork.Architecture, static () => TNetwork.Create());

    /// <summary>The network with the weights that the formula gives, statistics included, in evaluation mode.</summary>
    public nn.Module<Tensor, Tensor> Filled()
    {
        nn.Module<Tensor, Tensor> network = Create();
        Fill(network);
        return network;
    }

    /// <summary>
    /// Weights by the formula, but larger scales: with its own what the image says fades on its way, the biases decide, and a
    /// wrong layer would hardly show.
    /// </summary>
    public static void Fill(nn.Module network)
    {
        Formula.Fill(network);
        using IDisposable quiet = no_grad();
        foreach ((string key, Tensor scale) in network.state_dict())
        {
            if (scale.dim() == 1 && key.EndsWith("weight", StringComparison.Ordinal))
                scale.mul_(2.5f).add_(0.3f);
        }

        network.eval();
    }

    /// <summary>The images that the formula gives, row by row.</summary>
    public float[] Images(int batch)
    {
        using Tensor images = ImageTensor(batch);
        return images.data<float>().ToArray();
    }

    /// <summary>What our own forward makes of those images.</summary>
    public float[] Forward(nn.Module<Tensor, Tensor> network, int batch)
    {
        using var scope = NewDisposeScope();
        using IDisposable evaluation = no_grad();
        return network.call(ImageTensor(batch)).data<float>().ToArray();
    }

    private Tensor ImageTensor(int batch) =>
        Formula.Images("onnx", batch, Architecture.Input.Channels, Architecture.Input.Height, Architecture.Input.Width);
}
