using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ResNetGen.Architecture;
using ResNetGen.Native;
using ResNetGen.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Gpu;

/// <summary>
/// Our side of bench/gpu/rival.py, under the same protocol: training steps on one batch over and over, as a run makes them (recorded on
/// a GPU), with SGD, momentum and weight decay as there.
/// </summary>
internal static class StepSession
{
    private const double Rate = 0.01;

    public static int Run(Options options)
    {
        int batch = options.Number("--batch") ?? throw new BadInputException("--batch is missing.");
        return options.Required("--network") switch
        {
            "resnet20" => Run<ResNet20>(options, batch),
            "resnet110" => Run<ResNet110>(options, batch),
            "resnet50" => Run<ResNet50>(options, batch),
            var other => throw new BadInputException($"There is no network {other}: expected resnet20, resnet110 or resnet50."),
        };
    }

    private static int Run<TNetwork>(Options options, int batch)
        where TNetwork : nn.Module<Tensor, Tensor>, INetwork<TNetwork>
    {
        ComputePlan plan = ComputePlan.Decide(
            options.Required("--device") == "cuda" ? ComputeDevice.Cuda : ComputeDevice.Cpu,
            options.Required("--precision") == "bf16" && Autocast.IsAvailable(DeviceType.CPU) ? Precision.BFloat16 : Precision.Fp32);
        Allocator.TuneForTraining();
        manual_seed(0);
        Shape shape = TNetwork.Architecture.Input;
        int side = options.Number("--side") ?? shape.Height;
        using IDisposable sizes = InputSize.Any();
        using TNetwork network = TNetwork.Create();
        network.to(plan.TorchDevice);
        MemoryFormat.ChannelsLast(network);
        network.train();
        Recipe recipe = Recipes.He2015Cifar with { BatchSize = batch, WeightDecay = 1e-4, WeightDecayOn = WeightDecayTarget.AllParameters };
        using ParameterOptimizer optimizer = recipe.Optimizer.Create(DecayGroups.Of(network, recipe.WeightDecayOn).Parameters(network, recipe.WeightDecay));
        using RunningMetrics metrics = new(plan.TorchDevice);
        bool captures = plan.Device == DeviceType.CUDA && CudaGraph.IsAvailable && !options.Has("--eager");
        using RunStream? stream = captures ? new RunStream(plan.TorchDevice) : null;
        TrainingStep eager = new(network, optimizer, null, plan, recipe, 0);
        using IStepRunner step = captures
            ? new CapturedStep(eager, new StepParts(network, optimizer, null, plan, recipe, TNetwork.Architecture.Classes, 0), GraphRecording.Of,
                static () => throw new BadInputException("A step was not finite."), Console.Error.WriteLine)
            : eager;
        using Tensor drawn = randn([batch, shape.Channels, side, side], device: plan.TorchDevice);
        using Tensor images = MemoryFormat.ChannelsLast(drawn);
        using Tensor labels = randint(TNetwork.Architecture.Classes, [batch], dtype: ScalarType.Int64, device: plan.TorchDevice);
        Answer(new { ready = $"ResNetGen on libtorch {__version__}{(captures ? ", recorded" : "")}" });
        long iteration = 0;
        while (Console.ReadLine() is { } line)
        {
            if (line.StartsWith("run ", StringComparison.Ordinal))
            {
                int steps = int.Parse(line.AsSpan(4), CultureInfo.InvariantCulture);
                Wait(plan);
                long started = Stopwatch.GetTimestamp();
                for (int i = 0; i < steps; i++)
                {
                    RunGenerators.Begin(0, iteration);
                    step.Run(images, labels, iteration++, Rate, metrics);
                }

                step.Settle(metrics);
                Wait(plan);
                Answer(new { milliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds });
            }
            else
            {
                Answer(new { bytes = DeviceMemory.Held(plan.TorchDevice)?.Reserved });
            }
        }

        return 0;
    }

    private static void Wait(ComputePlan plan)
    {
        if (plan.Device == DeviceType.CUDA)
        {
            cuda.synchronize();
        }
    }

    private static void Answer<T>(T value) => Console.WriteLine(JsonSerializer.Serialize(value));
}
