using ResNetGen.Architecture;
using ResNetGen.Tests.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Tests.Costs;

/// <summary>What is computed a second time changes memory and nothing else: twins of networks agree to the bit.</summary>
[Collection(Alone.Name)]
public sealed class RecomputeTests
{
    [Fact]
    public void BlocksWithShortcutA() => Agree<KeepingA, BlockwiseA>();

    [Fact]
    public void BlocksThatDropTheirPaths() => Agree<KeepingDropped, BlockwiseDropped>();

    [Fact]
    public void BlocksWithDropoutOnTheirShortcuts() => Agree<KeepingSkip, BlockwiseSkip>();

    [Fact]
    public void ResidualsOfOnesOwn() => Agree<KeepingOwn, BlockwiseOwn>();

    [Fact]
    public void NormalisationInBlocks() => Agree<KeepingA, NormwiseA>();

    [Fact]
    public void NormalisationInPreActivationBlocks() => Agree<KeepingDropped, NormwiseDropped>();

    [Fact]
    public void NormalisationInASequence() => Agree<KeepingVgg, NormwiseVgg>();

    // The choice is no part of what weights mean, and the model knows all three whatever the network's own.
    private static void SameBytes(NetworkArchitecture one, NetworkArchitecture other)
    {
        Assert.Equal(one.Fingerprint, other.Fingerprint);
        foreach (TrainingPrecision precision in Enum.GetValues<TrainingPrecision>())
        {
            foreach (Recompute choice in Enum.GetValues<Recompute>())
                Assert.Equal(one.SavedActivationBytes(precision, 3, choice), other.SavedActivationBytes(precision, 3, choice));

            Assert.True(other.SavedActivationBytes(precision, 3) < one.SavedActivationBytes(precision, 3));
        }
    }

    private static void Agree<TKeeping, TRecomputing>()
        where TKeeping : nn.Module<Tensor, Tensor>, INetwork<TKeeping>
        where TRecomputing : nn.Module<Tensor, Tensor>, INetwork<TRecomputing>
    {
        SameBytes(TKeeping.Architecture, TRecomputing.Architecture);
        using DisposeScope scope = NewDisposeScope();
        using TKeeping keeping = TKeeping.Create();
        using TRecomputing recomputing = TRecomputing.Create();
        recomputing.load_state_dict(keeping.state_dict());
        Shape input = TKeeping.Architecture.Input;
        Tensor images = randn(4, input.Channels, input.Height, input.Width);
        foreach ((Tensor expected, Tensor found) in Step(keeping, images).Zip(Step(recomputing, images), (one, other) => (one, other)))
            Assert.True(expected.Equals(found));
    }

    /// <summary>Output, gradients and buffers after a step.</summary>
    private static List<Tensor> Step(nn.Module<Tensor, Tensor> network, Tensor images)
    {
        manual_seed(11);
        network.train();
        Tensor output = network.call(images);
        output.square().mean().backward();
        return [output.detach(), .. network.parameters().Select(static parameter => parameter.grad!), .. network.buffers()];
    }
}
