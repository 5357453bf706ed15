using System.Text.Json;
using ResNetGen.Architecture;
using ResNetGen.Data;
using ResNetGen.Evaluation;
using ResNetGen.Tests.Analyses;
using ResNetGen.Tests.Parity;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Tests.Evaluation;

/// <summary>Protocols against PyTorch's, from the same weights and pictures; crops and resized pictures there are Pillow's.</summary>
public sealed class EvaluatorTests
{
    private static readonly (int, int)[] s_sizes = [(40, 40), (40, 52), (61, 47), (36, 44), (33, 70), (96, 64)];

    private static VariedPictures Pictures { get; } = new("picture", new Shape(3, 32, 32), Labels("picture labels", 6), s_sizes);

    private static Normalization Plain { get; } = Normalization.Measure(NormalizationKind.None, Pictures);

    [Theory]
    [InlineData("one", 1)]
    [InlineData("one", 128)]
    [InlineData("one of 40", 128)]
    [InlineData("ten", 1)]
    [InlineData("ten", 24)]
    [InlineData("ten, scores", 128)]
    [InlineData("dense", 1)]
    [InlineData("dense", 128)]
    public void Protocols_give_PyTorchs_scores_whatever_the_batch(string name, int batch)
    {
        EvaluationProtocol protocol = name switch
        {
            "one" => EvaluationProtocol.OneCrop(40),
            "one of 40" => EvaluationProtocol.OneCrop(48, 40),
            "ten" => EvaluationProtocol.TenCrop(40),
            "ten, scores" => EvaluationProtocol.TenCrop(40) with { Average = ScoreAverage.Scores },
            _ => EvaluationProtocol.Dense([32, 40, 48]),
        };
        using ResNet14 network = Decided<ResNet14>();
        AssertGolden(name, Evaluator.Run(network, Pictures, Plain, protocol, new EvaluationOptions { BatchSize = batch, Workers = 2 }));
    }

    [Fact]
    public void A_pre_activation_network_is_dense_from_its_last_normalisation_on()
    {
        using PreAct8 network = Decided<PreAct8>();
        AssertGolden("dense, pre-activation", Evaluator.Run(network, Pictures, Plain, EvaluationProtocol.Dense([40], mirrored: false)));
    }

    [Fact]
    public void An_ensemble_averages_over_networks_and_views()
    {
        using Ensemble ensemble = new Ensemble().Add(Decided<ResNet14>()).Add(Decided<PreAct8>());
        Assert.Equal(2, ensemble.Count);
        AssertGolden("ensemble", Evaluator.Run(ensemble, Pictures, Plain, EvaluationProtocol.TenCrop(40)));
    }

    [Fact]
    public void The_head_of_VGG_becomes_convolutions()
    {
        using Vgg11 network = new();
        Formula.Fill(network);
        VariedPictures pictures = new("wide picture", new Shape(3, 224, 224), [3], (224, 288));
        Normalization plain = Normalization.Measure(NormalizationKind.None, pictures);
        Score score = Evaluator.Run(network, pictures, plain, EvaluationProtocol.Dense([224], mirrored: false));
        Assert.Equal(Golden.Of("protocols", "vgg", "loss").GetDouble(), score.Loss, 2e-5);

        string message = Assert.Throws<BadInputException>(() => Evaluator.Run(network, pictures, plain, EvaluationProtocol.Dense([96]))).Message;
        Assert.Contains("its last map has 3×3, and its first linear layer takes 7×7", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Modes_and_weights_stay_also_where_a_picture_is_damaged()
    {
        VariedPictures damaged = new("picture", new Shape(3, 32, 32), Labels("picture labels", 6), s_sizes) { Unreadable = 4 };
        using ResNet14 network = Decided<ResNet14>();
        network.train();
        network.Bn1.eval();
        string before = Convert.ToHexString(network.Bn1.running_mean!.bytes);
        foreach (EvaluationProtocol protocol in new[] { EvaluationProtocol.TenCrop(40), EvaluationProtocol.Dense([40]) })
        {
            string message = Assert.Throws<BadInputException>(() => Evaluator.Run(network, damaged, Plain, protocol)).Message;
            Assert.Equal("picture 4 of the test split is damaged.", message);
        }

        Assert.True(network.training);
        Assert.False(network.Bn1.training);
        Assert.Equal(before, Convert.ToHexString(network.Bn1.running_mean!.bytes));
        Assert.True(is_grad_enabled());
        Assert.Throws<ArgumentException>(() => network.call(zeros(1, 3, 40, 40)));
    }

    [Fact]
    public void An_evaluation_can_be_given_up()
    {
        using CancellationTokenSource stop = new();
        stop.Cancel();
        using ResNet14 network = Decided<ResNet14>();
        foreach (EvaluationProtocol protocol in new[] { EvaluationProtocol.OneCrop(40), EvaluationProtocol.Dense([40]) })
        {
            Assert.ThrowsAny<OperationCanceledException>(() => Evaluator.Run(network, Pictures, Plain, protocol, new EvaluationOptions { Cancellation = stop.Token }));
        }
    }

    [Fact]
    public void What_does_not_fit_is_said()
    {
        using ResNet14 network = Decided<ResNet14>();
        using Flattened flattened = new();
        VariedPictures grey = new("picture", new Shape(3, 40, 40), Labels("picture labels", 6), s_sizes);
        ImageSplit hundred = new("test", new Shape(3, 32, 32), 100, new byte[3072], new int[1]);
        ImageSplit none = new("test", new Shape(3, 32, 32), 10, ReadOnlyMemory<byte>.Empty, ReadOnlyMemory<int>.Empty);

        Assert.Contains("10 classes apart; those of the test split have 3 channels and 100 classes", Refused(() => Evaluator.Run(network, hundred, Plain)), StringComparison.Ordinal);
        Assert.Contains("no pictures to test on", Refused(() => Evaluator.Run(network, none, Plain)), StringComparison.Ordinal);
        Assert.Contains("by this protocol it would be shown 3×40×40", Refused(() => Evaluator.Run(network, grey, Plain, EvaluationProtocol.Whole)), StringComparison.Ordinal);
        Assert.Contains("head.weight [10, 256] depends on that size", Refused(() => Evaluator.Run(flattened, Pictures, Plain, EvaluationProtocol.Dense([40]))), StringComparison.Ordinal);
        Assert.Contains("head.weight [10, 256] depends on that size", Refused(() => Evaluator.Run(flattened, Pictures, Plain, EvaluationProtocol.OneCrop(48, 40))), StringComparison.Ordinal);
        Assert.Contains("There is no network to test", Refused(() => Evaluator.Run(new Ensemble(), Pictures, Plain)), StringComparison.Ordinal);
        Assert.Contains("expected at least 1", Refused(() => Evaluator.Run(network, Pictures, Plain, options: new EvaluationOptions { BatchSize = 0 })), StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => EvaluationProtocol.TenCrop(32, 40));
        Assert.Throws<ArgumentException>(() => EvaluationProtocol.Dense([]));

        using (no_grad()) network.Fc.weight!.fill_(float.NaN);
        Assert.Contains("ResNet14: the scores are not finite", Refused(() => Evaluator.Run(network, Pictures, Plain)), StringComparison.Ordinal);
    }

    [Fact]
    public void Protocols_say_what_they_are()
    {
        Assert.Equal("10 crops from shorter side 256, mean of the probabilities", EvaluationProtocol.He2015TenCrop.Description);
        Assert.Equal("dense, shorter side 224, 256, 384, 480, 640, also mirrored, mean of the probabilities", EvaluationProtocol.He2015MultiScale.Description);
        Assert.Equal("1 crop of 320 from shorter side 320", $"{EvaluationProtocol.He2016SingleCrop}");
        Assert.Equal("1 crop from shorter side 37", EvaluationProtocol.For(Pictures).Description);
        Assert.Equal(10, EvaluationProtocol.He2015MultiScale.Views.Count);
        Assert.Equal(EvaluationProtocol.TenCrop(256), EvaluationProtocol.He2015TenCrop);
        Assert.NotEqual(EvaluationProtocol.TenCrop(256, 192), EvaluationProtocol.He2015TenCrop);
        Assert.EndsWith("mean of the scores before softmax", (EvaluationProtocol.He2015TenCrop with { Average = ScoreAverage.Scores }).Description, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_takes_other_sizes_only_where_it_is_allowed()
    {
        using DisposeScope scope = NewDisposeScope();
        using ResNet14 network = new();
        Assert.Throws<ArgumentException>(() => network.call(zeros(2, 3, 40, 48)));
        using (IDisposable outer = InputSize.Any())
        {
            using (InputSize.Any())
            {
                Assert.Equal([2, 10], network.call(zeros(2, 3, 40, 48)).shape);
            }

            Assert.Equal([2, 10], network.call(zeros(2, 3, 40, 48)).shape);
            Assert.Throws<ArgumentException>(() => network.call(zeros(2, 1, 40, 48)));
            Assert.Throws<ArgumentException>(() => network.call(zeros(2, 3, 40)));
            outer.Dispose();
            outer.Dispose();
            Assert.Throws<ArgumentException>(() => network.call(zeros(2, 3, 40, 48)));
        }
    }

    private static string Refused(Action evaluation) => Assert.Throws<BadInputException>(evaluation).Message;

    private static int[] Labels(string name, int count)
    {
        using Tensor labels = Formula.Labels(name, count, 10);
        return [.. labels.data<long>().Select(static label => (int)label)];
    }

    /// <summary>The formula's weights leave a network undecided: with larger ones in the last layer its pictures and crops differ.</summary>
    private static TNetwork Decided<TNetwork>()
        where TNetwork : nn.Module<Tensor, Tensor>, INetwork<TNetwork>
    {
        TNetwork network = TNetwork.Create();
        Formula.Fill(network);
        using IDisposable guard = no_grad();
        network.get_parameter("fc.weight")!.mul_(64);
        return network;
    }

    private static void AssertGolden(string name, Score score)
    {
        JsonElement golden = Golden.Of("protocols", name);
        Assert.Equal(6, score.Count);
        Assert.Equal(golden.GetProperty("loss").GetDouble(), score.Loss, 2e-5);
        Assert.Equal(golden.GetProperty("correct").GetInt64(), score.Correct);
        Assert.Equal(golden.GetProperty("correct_top5").GetInt64(), score.CorrectTop5);
    }
}
