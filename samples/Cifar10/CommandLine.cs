using System.CommandLine;
using ResNetGen.Training;

namespace ResNetGen.Samples;

/// <summary>The options, their help and their checks.</summary>
internal sealed class CommandLine
{
    private readonly Option<NetworkEntry<Cifar10>> _network = Options.Choice("--network", NetworkEntries.All[0],
        "The network; --list shows them all", NetworkEntries.All.Select(static n => (n.Name, n)));

    private readonly Option<string?> _data = CommonOptions.ForCifar10();

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

    private readonly RunOptions _run = new();

    /// <summary>The command with all its options.</summary>
    public RootCommand Root { get; }

    public CommandLine()
    {
        Root = new RootCommand("Trains a residual network, declared by one attribute, on CIFAR-10.")
        {
            _network, _data, _epochs, _batchSize, _scaleRate, _recipe,
        };
        _run.AddTo(Root);
        Root.Validators.Add(result =>
        {
            if (result.GetValue(_scaleRate) && result.GetResult(_batchSize) is null)
            {
                result.AddError("--scale-rate needs --batch-size: it fits the rate to that batch.");
            }
        });
    }

    /// <summary>Whether only the list of networks is asked for.</summary>
    public bool WantsList(ParseResult parsed) => _run.WantsList(parsed);

    /// <summary>The run of a command line without errors.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="output">Where it says which pictures it found.</param>
    public RunRequest<Cifar10> Request(ParseResult parsed, TextWriter output)
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

        return _run.Request(parsed, parsed.GetValue(_network) ?? NetworkEntries.All[0], recipe,
            cancellation => Pictures.Open(parsed.GetValue(_data), output, cancellation));
    }
}
