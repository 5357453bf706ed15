using ResNetGen.Architecture;
using ResNetGen.Native;
using ResNetGen.Tests.Networks;
using ResNetGen.Tests.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Tests.Costs;

/// <summary>
/// Holds the model of what autograd keeps against what torch's allocator says it holds between forward and backward.
/// </summary>
[Collection(Alone.Name)]
public class SavedActivationTests
{
    public static TheoryData<string, TrainingPrecision, bool, int> Cases()
    {
        var cases = new TheoryData<string, TrainingPrecision, bool, int>();
        foreach (string network in s_measurements.Keys)
        {
            foreach (int batch in new[] { 2, 8 })
            {
                cases.Add(network, TrainingPrecision.Float32, false, batch);
                cases.Add(network, TrainingPrecision.Float32, true, batch);
                cases.Add(network, TrainingPrecision.BFloat16, true, batch);
            }
        }

        return cases;
    }

    private static readonly Dictionary<string, (NetworkArchitecture Architecture, Func<TrainingPrecision, bool, int, long> Measure)> s_measurements = new()
    {
        ["BasicNet"] = Of<BasicNet>(),
        ["BasicC"] = Of<BasicC>(),
        ["BottleneckNet"] = Of<BottleneckNet>(),
        ["BottleneckV15"] = Of<BottleneckV15>(),
        ["Grouped"] = Of<Grouped>(),
        ["BottleneckA"] = Of<BottleneckA>(),
        ["BottleneckABoth"] = Of<BottleneckABoth>(),
        ["Plain"] = Of<Plain>(),
        ["PlainBottleneck"] = Of<PlainBottleneck>(),
        ["Cifar"] = Of<Cifar>(),
        ["CifarB"] = Of<CifarB>(),
        ["CifarC"] = Of<CifarC>(),
        ["CifarBottleneck"] = Of<CifarBottleneck>(),
        ["CifarPlain"] = Of<CifarPlain>(),
        ["Activations"] = Of<Activations>(),
        ["Pools"] = Of<Pools>(),
        ["Meeting"] = Of<Meeting>(),
        ["Sums"] = Of<Sums>(),
        ["NormAfterAddition"] = Of<NormAfterAddition>(),
        ["ReLUBeforeAddition"] = Of<ReLUBeforeAddition>(),
        ["ReLUOnly"] = Of<ReLUOnly>(),
        ["PreActivationA"] = Of<PreActivationA>(),
        ["PreActivationBottleneck"] = Of<PreActivationBottleneck>(),
        ["Scaled"] = Of<Scaled>(),
        ["ScaledBoth"] = Of<ScaledBoth>(),
        ["Gated"] = Of<Gated>(),
        ["ShortcutGated"] = Of<ShortcutGated>(),
        ["Projected"] = Of<Projected>(),
        ["DroppedSkip"] = Of<DroppedSkip>(),
        ["SqueezedBasic"] = Of<SqueezedBasic>(),
        ["SqueezedAndDropped"] = Of<SqueezedAndDropped>(),
        ["VariantD"] = Of<VariantD>(),
        ["DilatedBackbone"] = Of<DilatedBackbone>(),
        ["StochasticDepth"] = Of<StochasticDepth>(),
        ["DroppedAndGated"] = Of<DroppedAndGated>(),
        ["BlockwiseA"] = Of<BlockwiseA>(),
        ["BlockwiseDropped"] = Of<BlockwiseDropped>(),
        ["BlockwiseSkip"] = Of<BlockwiseSkip>(),
        ["BlockwiseOwn"] = Of<BlockwiseOwn>(),
        ["NormwiseA"] = Of<NormwiseA>(),
        ["NormwiseDropped"] = Of<NormwiseDropped>(),
        ["NormwiseVgg"] = Of<NormwiseVgg>(),
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void TheModelIsWhatAutogradHolds(string network, TrainingPrecision precision, bool channelsLast, int batch)
    {
        (NetworkArchitecture architecture, Func<TrainingPrecision, bool, int, long> measure) = s_measurements[network];
        long held = measure(precision, channelsLast, batch);
        // libtorch 2.x keeps no map that it takes the mean of.
        long[] models = [architecture.SavedActivationBytes(precision, batch), architecture.Follow(precision, meansKeepMaps: false).Sum.Of(batch)];
        Assert.Contains(models, model => Math.Abs(held - model) <= Numbers(network));
    }

    // Millions of parameters, so once a precision.
    [Theory]
    [InlineData(TrainingPrecision.Float32)]
    [InlineData(TrainingPrecision.BFloat16)]
    public void TheModelOfAVggIsWhatAutogradHolds(TrainingPrecision precision) => Assert.Equal(
        HeldBytes<SmallVgg>(precision, channelsLast: false, batch: 2), SmallVgg.Architecture.SavedActivationBytes(precision, batch: 2));

    // libtorch 1.13 keeps the map that it takes the mean of, later ones keep its size.
    [Fact]
    public void AMeanKeepsItsMapInOldLibtorchAtMost()
    {
        const int Batch = 4;
        long model = MeanOfANorm.Architecture.SavedActivationBytes(TrainingPrecision.Float32, Batch);
        long held = HeldBytes<MeanOfANorm>(TrainingPrecision.Float32, channelsLast: false, Batch);
        Assert.Contains(model - held, new[] { 0, 4L * Batch * 8 * 16 * 16 });
    }

    // To the byte, but for single numbers that the model leaves out: a constant that scales a branch is a tensor of one to
    // autograd.
    private static long Numbers(string network) => network == "ScaledBoth" ? 64 : 0;

    private static (NetworkArchitecture, Func<TrainingPrecision, bool, int, long>) Of<TNetwork>()
        where TNetwork : nn.Module<Tensor, Tensor>, INetwork<TNetwork> => (TNetwork.Architecture, HeldBytes<TNetwork>);

    /// <summary>What is held once the caller has disposed everything but a loss of one number, less that number.</summary>
    private static long HeldBytes<TNetwork>(TrainingPrecision precision, bool channelsLast, int batch)
        where TNetwork : nn.Module<Tensor, Tensor>, INetwork<TNetwork>
    {
        using TNetwork network = TNetwork.Create();
        network.train();
        if (channelsLast)
            MemoryFormat.ChannelsLast(network);

        Shape input = TNetwork.Architecture.Input;
        using MemoryMeter meter = MemoryMeter.Start();
        Tensor loss;
        using (DisposeScope scope = NewDisposeScope())
        using (precision == TrainingPrecision.BFloat16 ? Autocast.Enable(DeviceType.CPU, ScalarType.BFloat16) : null)
        {
            Tensor images = zeros(batch, input.Channels, input.Height, input.Width);
            loss = network.call(channelsLast ? MemoryFormat.ChannelsLast(images) : images).sum().MoveToOuterDisposeScope();
        }

        using (loss)
            return meter.HeldBytes - loss.element_size();
    }
}
