using System.CommandLine;
using ResNetGen.Training;

namespace ResNetGen.Samples;

/// <summary>The options of a program that trains several networks and compares them.</summary>
internal sealed class ComparisonCommandLine
{
    private readonly string _folder;

    private readonly Option<bool> _paper = new("--paper")
    {
        Description = "The paper's own networks and its 64,000 iterations, instead of the form that takes minutes on two cores",
    };

    private readonly Option<string?> _networks = new("--networks")
    {
        Description = "Only these, separated by commas; what other sessions trained in the same folder stays in the picture",
        HelpName = "A,B",
    };

    private readonly Option<int?> _iterations = Options.Number("--iterations", 1, int.MaxValue, "Iterations of each run");

    private readonly Option<string?> _data = CommonOptions.ForCifar10();

    private readonly Option<string?> _output;

    private readonly Option<bool> _resume = new("--resume")
    {
        Description = "Go on in the output folder: finished runs are kept, an interrupted one continues, missing ones are made",
    };

    private readonly Option<ComputeDevice> _device = CommonOptions.ForDevice();

    private readonly Option<Precision> _precision = CommonOptions.ForPrecision();

    private readonly Option<int?> _seed = CommonOptions.ForSeed();

    private readonly ProcessOptions _processes = new();

    /// <param name="description">What the program shows.</param>
    /// <param name="folder">The output folder where none is given.</param>
    public ComparisonCommandLine(string description, string folder)
    {
        _folder = folder;
        _output = new Option<string?>("--output")
        {
            Description = $"Folder of the runs, a folder a network, and of the picture ({folder}, or {folder}-paper)",
            HelpName = "DIR",
        };
        Root = new RootCommand(description)
        {
            _paper, _networks, _iterations, _data, _output, _resume, _device, _precision, _seed,
        };
        _processes.AddTo(Root);
    }

    /// <summary>The command with all its options.</summary>
    public RootCommand Root { get; }

    /// <summary>The values of a command line without errors.</summary>
    public ComparisonArguments Read(ParseResult parsed)
    {
        bool paper = parsed.GetValue(_paper);
        return new ComparisonArguments
        {
            Paper = paper,
            Networks = parsed.GetValue(_networks)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            Iterations = parsed.GetValue(_iterations),
            Data = parsed.GetValue(_data),
            Output = parsed.GetValue(_output) ?? (paper ? _folder + "-paper" : _folder),
            Resume = parsed.GetValue(_resume),
            Device = parsed.GetValue(_device),
            Precision = parsed.GetValue(_precision),
            Seed = parsed.GetValue(_seed) ?? 0,
            Processes = _processes.Read(parsed),
        };
    }
}
