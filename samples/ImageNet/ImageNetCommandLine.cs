using System.CommandLine;
using ResNetGen.Training;

namespace ResNetGen.Samples.ImageNet;

/// <summary>The options, their help and their checks.</summary>
internal sealed class ImageNetCommandLine
{
    private readonly Option<bool> _small = new("--small")
    {
        Description = "Ten classes of 64x64 in minutes: a folder given with --data, or one made of CIFAR-10's pictures",
    };

    private readonly Option<string?> _network = new("--network") { Description = "The network; --list shows them all", HelpName = "NAME" };

    private readonly Option<string?> _data = new("--data")
    {
        Description = "Folder that holds train/CLASS/*.jpg and val/CLASS/*.jpg (or PNG). Needed without --small",
        HelpName = "DIR",
    };

    private readonly Option<Recipe> _recipe = Options.Choice("--recipe", Recipes.FbImageNet90,
        "How it is trained; strikes-back-a3 trains resnet50v1.5 at 160x160; --small has a recipe of its own", Recipes.ForImageNet.Select(static r => (r.Name, r)));

    private readonly Option<int?> _epochs = Options.Number("--epochs", 1, 100_000, "Passes over the training pictures");

    private readonly Option<int?> _batchSize = Options.Number("--batch-size", 1, 1_000_000,
        "Pictures in one step; the rate follows it by the linear rule (Goyal et al. 2017)");

    private readonly RunOptions _run = new();

    /// <summary>The command with all its options.</summary>
    public RootCommand Root { get; }

    public ImageNetCommandLine()
    {
        Root = new RootCommand("Trains any network of the papers on folders of pictures: ImageNet, or ten classes in minutes.")
        {
            _small, _network, _data, _recipe, _epochs, _batchSize,
        };
        _run.AddTo(Root);
    }

    /// <summary>Whether the small form is asked for.</summary>
    public bool IsSmall(ParseResult parsed) => parsed.GetValue(_small);

    /// <summary>Whether only the list is asked for.</summary>
    public bool WantsList(ParseResult parsed) => _run.WantsList(parsed);

    /// <summary>Whether the recipe trains at 160x160.</summary>
    public bool IsAt160(ParseResult parsed) => parsed.GetValue(_recipe)?.Name == Recipes.StrikesBackA3.Name;

    /// <summary>The folder of pictures, or null.</summary>
    public string? Data(ParseResult parsed) => parsed.GetValue(_data);

    /// <summary>The run of a command line without errors.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="entries">The networks of its form.</param>
    /// <param name="byDefault">The recipe of its form, where none is named.</param>
    /// <param name="open">Opens the pictures.</param>
    public RunRequest<TDataset> Request<TDataset>(
        ParseResult parsed, IReadOnlyList<NetworkEntry<TDataset>> entries, Recipe byDefault, Func<CancellationToken, TDataset> open)
        where TDataset : class, IImageDataset<TDataset>
    {
        Recipe recipe = parsed.GetResult(_recipe) is null ? byDefault : parsed.GetValue(_recipe)!;
        if (parsed.GetValue(_batchSize) is int size)
        {
            recipe = recipe.ForBatch(size);
        }

        if (parsed.GetValue(_epochs) is int epochs)
        {
            recipe = recipe with { Length = TrainingLength.Epochs(epochs) };
        }

        return _run.Request(parsed, ImageNetEntries.Find(entries, parsed.GetValue(_network)), recipe, open);
    }
}
