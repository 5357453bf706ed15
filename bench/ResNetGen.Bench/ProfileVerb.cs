using ResNetGen.Analyses;
using ResNetGen.Architecture;
using static TorchSharp.torch;

namespace ResNetGen.Bench;

/// <summary><c>./build.sh bench profile</c>: where the time of a step goes.</summary>
internal static class ProfileVerb
{
    private const string Help =
        """
        usage: ./build.sh bench profile [options]

        Where the time of a training step and of inference goes: by kind of work, by layer, by operation; on random images.

          --network NAME    resnet20, resnet110, resnet50, resnet152, vgg16 or custom (default resnet50)
          --recompute R     none, normalisation or block: what training computes a second time (default none)
          --precision P     fp32, bf16 or auto (default auto: bf16 where the processor multiplies in it)
          --batch N         images in a step (default 8)
          --mode M          train, infer or both (default both)
          --steps N         steps that are recorded (default 10)
          --most N          layers and operations that are printed (default 25)
          --threads N       threads (default: all processors)
          --json FILE       every share, as JSON: an array with an object for training and one for inference
        """;

    public static int Run(Options options, string[] arguments)
    {
        if (arguments.Contains("--help"))
        {
            Console.WriteLine(Help);
            return 0;
        }

        options.Require("network", "recompute", "precision", "batch", "mode", "steps", "most", "threads", "json");
        string mode = options.Text("mode", "both");
        if (mode is not ("train" or "infer" or "both"))
            throw new BadInputException($"--mode: expected train, infer or both, found \"{mode}\".");
        NetworkCase chosen = NetworkCase.Named(options, "resnet50");
        int batch = options.Number("batch", 8), steps = options.Number("steps", 10);
        if (batch < 1 || steps < 1)
            throw new BadInputException("--batch and --steps: expected whole numbers from 1 on.");
        Shape shape = chosen.Architecture.Input;
        using Tensor images = randn(batch, shape.Channels, shape.Height, shape.Width);
        using Tensor labels = randint(chosen.Architecture.Classes, [batch]);
        List<StepProfile> profiles = [];
        if (mode != "infer")
        {
            using nn.Module<Tensor, Tensor> network = chosen.Create();
            profiles.Add(StepProfiler.Training(network, images, labels, TrainingWork.Recipe, options.Precision(Precision.Auto), steps));
        }

        if (mode != "train")
        {
            using nn.Module<Tensor, Tensor> network = chosen.Create();
            using InferencePlan plan = network.PrepareInference(chosen.Architecture, new InferenceOptions { BatchSize = batch, Precision = options.Precision(Precision.Auto) });
            profiles.Add(StepProfiler.Inference(plan, images, steps));
        }

        int most = options.Number("most", 25);
        profiles.ForEach(profile => Console.WriteLine(profile.ToText(most)));
        if (options.Text("json", "") is { Length: > 0 } path)
            File.WriteAllText(path, $"[{string.Join(",", profiles.Select(static profile => profile.ToJson().TrimEnd()))}]\n");
        return 0;
    }
}
