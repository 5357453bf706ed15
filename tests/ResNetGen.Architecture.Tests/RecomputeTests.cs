namespace ResNetGen.Architecture.Tests;

/// <summary>What each choice of <see cref="Recompute"/> keeps, counted by hand.</summary>
public class RecomputeTests
{
    private const int Wide = 16 * 32 * 32, Middle = 32 * 16 * 16, Narrow = 64 * 8 * 8;

    // The image, the stem's normalisation with its statistics, the input of each block, what the mean and the classifier take.
    [Fact]
    public void OfBlocksTheInputIsKept()
    {
        long elements = (3 * 32 * 32) + Wide + (3 * Wide) + (Wide + (2 * Middle)) + (Middle + (2 * Narrow)) + Narrow + 64;
        Assert.Equal(4 * ((5 * elements) + (2 * 16)), ResNet20(null).SavedActivationBytes(TrainingPrecision.Float32, 5, Recompute.Block));
    }

    // Each block has one map between normalisation and convolution.
    [Theory]
    [InlineData(TrainingPrecision.Float32, 4)]
    [InlineData(TrainingPrecision.BFloat16, 2)]
    public void BetweenNormalisationAndConvolutionNothingIsKept(TrainingPrecision precision, int size) => Assert.Equal(
        size * 7 * 3 * (Wide + Middle + Narrow),
        ResNet20(null).SavedActivationBytes(precision, 7) - ResNet20(null).SavedActivationBytes(precision, 7, Recompute.Normalisation));

    [Theory]
    [InlineData(Recompute.None)]
    [InlineData(Recompute.Normalisation)]
    [InlineData(Recompute.Block)]
    public void TheNetworksOwnChoiceIsWhatItSaysOfItself(Recompute choice)
    {
        NetworkArchitecture network = ResNet20(choice);
        Assert.Equal(choice, network.Recompute);
        Assert.Equal(ResNet20(null).Fingerprint, network.Fingerprint);
        Assert.Equal(ResNet20(null).SavedActivationBytes(TrainingPrecision.BFloat16, 3, choice), network.SavedActivationBytes(TrainingPrecision.BFloat16, 3));
        // The layers of the summary account for all of it.
        Assert.Equal(network.SavedActivationBytes(TrainingPrecision.Float32, 3), network.Layers.Sum(layer => layer.SavedActivationBytes(TrainingPrecision.Float32, 3)));
        Assert.DoesNotContain($"if Recompute = {choice}", network.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, network.ToString().Split("if Recompute = ").Length - 1);
    }

    [Fact]
    public void AReLUAfterANormalisationKeepsNothing()
    {
        // One 1×1 convolution, its normalisation and ReLU: the image, the convolution's output, the statistics.
        NetworkArchitecture network = new CustomNetworkSpec
        {
            Height = 8,
            Width = 8,
            Members = [new MemberSpec("A", new ConvSpec(ConvForm.ConvBatchNormReLU, 5) { Kernel = 1 })],
        }.Build();
        Assert.Equal(4 * ((3 * 64) + (5 * 64) + (2 * 5)), network.SavedActivationBytes(TrainingPrecision.Float32, 1));
    }

    [Fact]
    public void AChoiceThatFindsNothingIsRefused()
    {
        Problem blocks = Assert.Single(new VggSpec { Depth = 11, BatchNorm = true, Recompute = Recompute.Block }.Validate());
        Assert.Equal((ProblemKind.OptionWithoutMeaning, "Recompute"), (blocks.Kind, blocks.Argument));
        Assert.Equal(ProblemKind.OptionWithoutMeaning, Assert.Single(new VggSpec { Depth = 11, Recompute = Recompute.Normalisation }.Validate()).Kind);
        Assert.Equal(ProblemKind.OptionWithoutMeaning,
            Assert.Single(new CifarResNetSpec { Depth = 20, Block = Block.SingleLayer, Recompute = Recompute.Normalisation }.Validate()).Kind);
        Assert.Equal(ProblemKind.OptionWithoutMeaning, Assert.Single(new CustomNetworkSpec
        {
            Height = 8,
            Width = 8,
            Members = [new MemberSpec("A", new ConvSpec(ConvForm.Conv, 4))],
            Recompute = Recompute.Block,
        }.Validate()).Kind);
        Assert.Equal(ProblemKind.ValueOutOfRange, Assert.Single(new CifarResNetSpec { Depth = 20, Recompute = (Recompute)3 }.Validate()).Kind);
        Assert.Empty(new VggSpec { Depth = 11, BatchNorm = true, Recompute = Recompute.Normalisation }.Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => ResNet20(null).SavedActivationBytes(TrainingPrecision.Float32, 1, (Recompute)3));
    }

    private static NetworkArchitecture ResNet20(Recompute? recompute) =>
        new CifarResNetSpec { Name = "ResNet20", Depth = 20, Recompute = recompute }.Build();
}
