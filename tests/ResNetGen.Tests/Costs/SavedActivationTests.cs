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
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void TheModelIsWhatAutogradHolds(string network, TrainingPrecision precision, bool channelsLast, int batch)
    {
        (NetworkArchitecture architecture, Func<TrainingPrecision, bool, int, long> measure) = s_measurements[network];
        long held = measure(precision, channelsLast, batch);
        Assert.Equal(held, architecture.SavedActivationBytes(precision, batch));
    }

    // libtorch 1.13 keeps the map that it takes the mean of, later ones keep its size.
    [Fact]
    public void AMeanKeepsItsMapInOldLibtorchAtMost()
    {
        const int Batch = 4;
        long model = MeanOfANorm.Architecture.SavedActivationBytes(TrainingPrecision.Float32, Batch);
        long held = HeldBytes<MeanOfANorm>(TrainingPrecision.Float32, channelsLast: false, Batch);
        Assert.Contains(model - held, new[] { 0, 4L * Batch * 8 * 16 * 16 });
    }

    private static (NetworkArchitecture, Func<TrainingPrecision, bool, int, long>) Of<TNetwork>()
        where TNetwork : nn.Module<Tensor, Tensor>, INetwork<TNetwork> => (TNetwork.Architecture, HeldBytes<TNetwork>);

    /// <summary>What is held once the caller has disposed everything but the output, less the output itself.</summary>
    private static long HeldBytes<TNetwork>(TrainingPrecision precision, bool channelsLast, int batch)
        where TNetwork : nn.Module<Tensor, Tensor>, INetwork<TNetwork>
    {
        using TNetwork network = TNetwork.Create();
        network.train();
        if (channelsLast)
            MemoryFormat.ChannelsLast(network);

        Shape input = TNetwork.Architecture.Input;
        using MemoryMeter meter = MemoryMeter.Start();
        Tensor output;
        using (DisposeScope scope = NewDisposeScope())
        using (precision == TrainingPrecision.BFloat16 ? Autocast.Enable(DeviceType.CPU, ScalarType.BFloat16) : null)
        {
            Tensor images = zeros(batch, input.Channels, input.Height, input.Width);
            output = network.call(channelsLast ? MemoryFormat.ChannelsLast(images) : images).MoveToOuterDisposeScope();
        }

        using (output)
            return meter.HeldBytes - (output.numel() * output.element_size());
    }
}
