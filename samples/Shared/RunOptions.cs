using System.CommandLine;
using ResNetGen.Checkpoints;

namespace ResNetGen.Samples;

/// <summary>The options of a program that trains one network: everything about the run that is neither network, pictures nor recipe.</summary>
internal sealed class RunOptions
{
    private readonly Option<Precision> _precision = CommonOptions.ForPrecision();

    private readonly Option<ComputeDevice> _device = CommonOptions.ForDevice();

    private readonly Option<int?> _seed = CommonOptions.ForSeed();

    private readonly Option<string?> _output = new("--output")
    {
        Description = "Folder for checkpoints, metrics and the report. Left out: runs/NETWORK-RECIPE, numbered where that is taken. "
            + "A folder that holds another run's checkpoints is refused",
        HelpName = "DIR",
    };

    private readonly Option<bool> _resume = new("--resume")
    {
        Description = "Go on at the last checkpoint in the output folder (left out: the newest of this network and recipe), "
            + "under the options that the run was started with",
    };

    private readonly Option<int?> _checkpointEvery = Options.Number("--checkpoint-every", 1, int.MaxValue,
        "Steps between two checkpoints (left out: one at the end of each epoch)");

    private readonly Option<int?> _keep = Options.Number("--keep", 1, int.MaxValue, "How many checkpoints are kept, the newest (2)");

    private readonly Option<int?> _limitBatches = Options.Number("--limit-batches", 1, int.MaxValue,
        "At most N steps an epoch, for trying things out; the test set is always used in full");

    private readonly ProcessOptions _processes = new();

    private readonly Option<bool> _list = new("--list") { Description = "Print the networks with their costs and stop" };

    /// <summary>Adds them to a command, behind its own.</summary>
    public void AddTo(RootCommand root)
    {
        foreach (Option option in (Option[])[_precision, _device, _seed, _output, _resume, _checkpointEvery, _keep, _limitBatches, _list])
        {
            root.Add(option);
        }

        _processes.AddTo(root);
    }

    /// <summary>Whether only the list of networks is asked for.</summary>
    public bool WantsList(ParseResult parsed) => parsed.GetValue(_list);

    /// <summary>The run of a command line without errors.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="network">The network.</param>
    /// <param name="recipe">The recipe, with what the command line changes of it.</param>
    /// <param name="open">Opens the pictures.</param>
    public RunRequest<TDataset> Request<TDataset>(
        ParseResult parsed, NetworkEntry<TDataset> network, Recipe recipe, Func<CancellationToken, TDataset> open)
        where TDataset : class, IImageDataset<TDataset> => new()
    {
        Network = network,
        Recipe = recipe,
        Open = open,
        Output = parsed.GetValue(_output),
        Resume = parsed.GetValue(_resume),
        Device = parsed.GetValue(_device),
        Precision = parsed.GetValue(_precision),
        Seed = parsed.GetValue(_seed) ?? 0,
        CheckpointEvery = parsed.GetValue(_checkpointEvery),
        Keep = parsed.GetValue(_keep) is int newest ? new CheckpointRetention { Last = newest } : new CheckpointRetention(),
        LimitBatches = parsed.GetValue(_limitBatches),
        Processes = _processes.Read(parsed),
    };
}
