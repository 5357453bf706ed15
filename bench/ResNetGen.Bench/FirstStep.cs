using System.Globalization;
using ResNetGen.Architecture;
using ResNetGen.Native;
using ResNetGen.Training;
using static TorchSharp.torch;

namespace ResNetGen.Bench;

/// <summary>Start-up: a training step as a program makes it that starts from nothing, and a line when it is done.</summary>
internal static class FirstStep
{
    public static int Run(NetworkCase chosen, Options options)
    {
        int batch = options.Number("batch", 128);
        ComputePlan plan = ComputePlan.Decide(ComputeDevice.Cpu, options.Precision());
        using nn.Module<Tensor, Tensor> network = chosen.Create();
        MemoryFormat.ChannelsLast(network);
        network.train();
        Recipe recipe = TrainingWork.Recipe;
        using ParameterOptimizer optimizer = recipe.Optimizer.Create(DecayGroups.Of(network, recipe.WeightDecayOn).Parameters(network, recipe.WeightDecay));
        using RunningMetrics metrics = new(plan.TorchDevice);
        Shape shape = chosen.Architecture.Input;
        using Tensor drawn = randn(batch, shape.Channels, shape.Height, shape.Width);
        using Tensor images = MemoryFormat.ChannelsLast(drawn);
        using Tensor labels = randint(chosen.Architecture.Classes, [batch]);
        using TrainingStep step = new(network, optimizer, average: null, plan, recipe, seed: 0);
        step.Run(images, labels, 0, recipe.Schedule.BaseRate, metrics);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ResNetGen on libtorch {__version__}: {metrics.Read().LossSum / batch:F4}"));
        return 0;
    }
}
