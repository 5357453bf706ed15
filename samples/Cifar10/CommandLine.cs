using System.CommandLine;
using ResNetGen.Training;

namespace ResNetGen.Samples;

/// <summary>The options, their help and their checks.</summary>
internal sealed class CommandLine
{
    private readonly Option<NetworkEntry<Cifar10>> _network = Options.Choice("--network", NetworkEntries.All[0],
        "The network; --list shows them all", NetworkEntries.All.Select(static n => (n.Name, n)));

    private readonly Option<string?> _data = new("--data")
    {
        Description = "Folder that holds cifar-10-batches-bin. Left out: RESNETGEN_DATA, then the cache, then a download, "
            + "and without a network a procedural picture set",
        HelpName = "DIR",
    };

    private readonly Option<int?> _epochs = Options.Number("--epochs", 1, 100_000,
        "Passes over the training set. quick fits its cycle to them; he2015 keeps its milestones and just stops early");

    private readonly Option<int?> _batchSize = Options.Number("--batch-size", 1, 1_000_000, "Pictures in one step (128). The recipes' learning rates are for 128");

    private readonly Option<bool> _scaleRate = new("--scale-rate")
    {
        Description = "Scale the learning rate, and what is counted in iterations, to --batch-size",
    };

    private readonly Option<Recipe> _recipe = Options.Choice("--recipe", Recipes.Quick,
        "quick: four epochs along one cycle. he2015: the paper's 64,000 iterations. "
        + "he2016: the second paper's, with 400 iterations of warm-up", Recipes.ForCifar.Select(static r => (r.Name, r)));

    private readonly Option<Precision> _precision = Options.Choice("--precision", Precision.Auto,
        "The arithmetic; auto takes bf16 where the hardware is fast in it",
        [("auto", Precision.Auto), ("fp32", Precision.Fp32), ("bf16", Precision.BFloat16)]);

    private readonly Option<ComputeDevice> _device = Options.Choice("--device", ComputeDevice.Auto,
        "Where to train; auto takes a CUDA GPU where there is one",
        [("auto", ComputeDevice.Auto), ("cpu", ComputeDevice.Cpu), ("cuda", ComputeDevice.Cuda)]);

    private readonly Option<int?> _seed = Options.Number("--seed", 0, int.MaxValue,
        "Seed of weights, order and augmentation (0); the same seed gives the same numbers");

    private readonly Option<string?> _output = new("--output")
    {
        Description = "Folder for checkpoints and metrics. Left out: runs/NETWORK-RECIPE, numbered where that is taken. "
            + "A folder that holds another run's checkpoints is refused",
        HelpName = "DIR",
    };

    private readonly Option<bool> _resume = new("--resume")
    {
        Description = "Go on at the last checkpoint in the output folder (left out: the newest of this network and recipe), "
            + "under the options that the run was started with",
    };

    private readonly Option<int?> _limitBatches = Options.Number("--limit-batches", 1, int.MaxValue,
        "At most N steps an epoch, for trying things out; the test set is always used in full");

    private readonly Option<bool> _list = new("--list") { Description = "Print the networks with their costs and stop" };

    /// <summary>The command with all its options.</summary>
    public RootCommand Root { get; }

    public CommandLine()
    {
        Root = new RootCommand("Trains a residual network, declared by one attribute, on CIFAR-10.")
        {
            _network, _data, _epochs, _batchSize, _scaleRate, _recipe, _precision, _device, _seed, _output, _resume, _limitBatches, _list,
        };
        Root.Validators.Add(result =>
        {
            if (result.GetValue(_scaleRate) && result.GetResult(_batchSize) is null)
            {
                result.AddError("--scale-rate needs --batch-size: it fits the rate to that batch.");
            }
        });
    }

    /// <summary>The values of a command line without errors.</summary>
    public TrainArguments Read(ParseResult parsed)
    {
        Recipe recipe = parsed.GetValue(_recipe) ?? Recipes.Quick;
        if (parsed.GetValue(_epochs) is int epochs)
        {
            recipe = recipe with { Length = TrainingLength.Epochs(epochs) };
        }

        if (parsed.GetValue(_batchSize) is int size)
        {
            recipe = parsed.GetValue(_scaleRate) ? recipe.ForBatch(size) : recipe with { BatchSize = size };
        }

        return new TrainArguments
        {
            List = parsed.GetValue(_list),
            Network = parsed.GetValue(_network) ?? NetworkEntries.All[0],
            Recipe = recipe,
            Data = parsed.GetValue(_data),
            Output = parsed.GetValue(_output),
            Resume = parsed.GetValue(_resume),
            Device = parsed.GetValue(_device),
            Precision = parsed.GetValue(_precision),
            Seed = parsed.GetValue(_seed) ?? 0,
            LimitBatches = parsed.GetValue(_limitBatches),
        };
    }
}
