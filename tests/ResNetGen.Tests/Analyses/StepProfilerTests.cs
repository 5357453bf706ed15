using System.Text.Json;
using ResNetGen.Analyses;
using ResNetGen.Tests.Networks;
using static TorchSharp.torch;

namespace ResNetGen.Tests.Analyses;

public class StepProfilerTests
{
    private static readonly Recipe s_recipe = Recipes.He2015Cifar;

    [Fact]
    public void ATrainingStepIsSharedOutAmongItsLayers()
    {
        using Cifar network = new();
        using Tensor images = rand([4, 3, 32, 32]);
        using Tensor labels = zeros(4, dtype: ScalarType.Int64);
        StepProfile profile = StepProfiler.Training(network, images, labels, s_recipe, Precision.Fp32, steps: 2);

        // Every layer with weights has time forward and backward, under its own name.
        Dictionary<string, (double Forward, double Backward)> layers = profile.ByLayer().ToDictionary(static row => row.Layer, static row => (row.Forward, row.Backward));
        foreach (string layer in network.named_parameters().Select(static entry => entry.name[..entry.name.LastIndexOf('.')]).Distinct())
        {
            Assert.True(layers.TryGetValue(layer, out (double Forward, double Backward) time), $"{layer} is missing");
            Assert.True(time.Forward > 0 && time.Backward > 0, $"{layer}: {time}");
        }

        StepKind[] kinds = [.. profile.ByKind().Select(static row => row.Kind)];
        Assert.Superset(
            new HashSet<StepKind> { StepKind.Convolution, StepKind.NormalisationShortcutActivation, StepKind.Pooling, StepKind.Linear, StepKind.Loss, StepKind.Optimizer },
            kinds.ToHashSet());
        Assert.DoesNotContain(profile.Shares, static share => share.Phase == StepPhase.Update && share.Kind == StepKind.Convolution);
        Assert.DoesNotContain(profile.Shares, static share => share.Phase != StepPhase.Update && share.Kind == StepKind.Optimizer);
        Assert.All(
            profile.Shares.Where(static share => share.Operation.Contains("convolution_backward", StringComparison.Ordinal)),
            static share => Assert.Equal((StepPhase.Backward, StepKind.Convolution), (share.Phase, share.Kind)));

        // As many convolutions as the network has.
        Assert.Equal(
            network.modules().OfType<TorchSharp.Modules.Conv2d>().Count(),
            profile.Shares.Where(static share => share.Operation == "aten::convolution_backward").Sum(static share => share.Calls));
    }

    [Fact]
    public void TheSharesAddUpToTheStep()
    {
        using Cifar network = new();
        using Tensor images = rand([4, 3, 32, 32]);
        StepProfile profile = StepProfiler.Inference(network, images, Precision.Fp32, steps: 3);

        // Both clocks run over the same steps; between them lie a few instructions.
        Assert.InRange(profile.SumMilliseconds, 0.5 * profile.Milliseconds, profile.Milliseconds * 1.001);
        double total = profile.ByKind().Sum(static row => row.Forward + row.Backward + row.Update);
        Assert.Equal(profile.SumMilliseconds, total, 6);
        Assert.Equal(total, profile.ByLayer().Sum(static row => row.Forward + row.Backward + row.Update), 6);
        Assert.DoesNotContain(profile.Shares, static share => share.Phase == StepPhase.Backward);
        Assert.Contains("by layer", profile.ToText(3), StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(profile.ToJson());
        Assert.Equal(profile.Shares.Count, json.RootElement.GetProperty("shares").GetArrayLength());
    }

    [Fact]
    public void NoHookStays()
    {
        using Cifar network = new();
        using Tensor images = rand([1, 3, 32, 32]);
        StepProfiler.Inference(network, images, Precision.Fp32, steps: 1);
        // A hook that stayed would name the module to a recorder that has ended, which is an error.
        using Tensor output = network.call(images);
        Assert.Equal([1, 10], output.shape);
    }
}
