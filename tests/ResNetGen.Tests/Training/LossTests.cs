using System.Text.Json;
using ResNetGen.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Tests.Training;

public sealed class LossTests
{
    [Fact]
    public void Losses_and_their_gradients_are_PyTorchs() => Assert.All(RecipeGolden.Of("losses").EnumerateArray(), static golden =>
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor logits = RecipeGolden.Of("logits").Values(4, 5).requires_grad_();
        Tensor labels = tensor(RecipeGolden.Of("labels").EnumerateArray().Select(static v => v.GetInt64()).ToArray());
        double weight = golden.GetProperty("weight").GetDouble();
        Targets targets = new(labels, golden.GetProperty("smoothing").GetDouble());
        targets = weight < 1 ? targets with { Others = labels.flip(0), Weight = weight } : targets;
        LossFunction function = golden.GetProperty("kind").GetString() == "ce"
            ? new CrossEntropy()
            : new BinaryCrossEntropy(golden.GetProperty("threshold") is { ValueKind: JsonValueKind.Number } threshold ? threshold.GetDouble() : null);
        Tensor loss = function.Compute(logits, targets);
        loss.backward();
        Assert.Equal(golden.GetProperty("loss").GetDouble(), loss.item<float>(), 2e-6);
        RecipeGolden.Near(golden.GetProperty("gradient"), logits.grad!, golden.ToString());
    });

    [Fact]
    public void A_mixed_picture_counts_by_its_heavier_label()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor labels = tensor(new long[] { 1, 2 });
        Tensor others = labels.flip(0);
        Assert.Same(labels, new Targets(labels).Main);
        Assert.Same(labels, new Targets(labels) { Others = others, Weight = 0.5 }.Main);
        Assert.Same(others, new Targets(labels) { Others = others, Weight = 0.49 }.Main);
    }
}
