using System.CommandLine;
using System.Globalization;

namespace ResNetGen.Samples.Classify;

/// <summary>The values of a command line.</summary>
internal sealed record ClassifyArguments
{
    /// <summary>A run's folder, a checkpoint, or a file of weights.</summary>
    public required string Weights { get; init; }

    /// <summary>The pictures.</summary>
    public required IReadOnlyList<string> Pictures { get; init; }

    /// <summary>The network, where the weights do not say it.</summary>
    public KnownNetwork? Network { get; init; }

    /// <summary>A file with the names of the classes.</summary>
    public string? ClassFile { get; init; }

    /// <summary>How many classes are told of each picture.</summary>
    public int Top { get; init; } = 5;

    /// <summary>Length that the shorter side is resized to.</summary>
    public int? Resize { get; init; }

    /// <summary>What is subtracted, a number a channel.</summary>
    public double[]? Mean { get; init; }

    /// <summary>What is divided by, a number a channel.</summary>
    public double[]? Deviation { get; init; }

    /// <summary>Where the network is written as ONNX.</summary>
    public string? Onnx { get; init; }
}

/// <summary>The options, their help and their checks.</summary>
internal sealed class CommandLine
{
    private readonly Argument<string> _weights = new("WEIGHTS")
    {
        Description = "A run's folder (runs/resnet20-quick), a checkpoint, or a file of weights (.safetensors, .pth, .pt)",
    };

    private readonly Argument<string[]> _pictures = new("PICTURE")
    {
        Description = "JPEG or PNG files",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<KnownNetwork?> _network = new("--network")
    {
        Description = "The network, where the weights do not say it",
        HelpName = "NAME",
        CustomParser = static result =>
        {
            string typed = result.Tokens[^1].Value;
            string[] names = [.. KnownNetwork.All.Select(static known => known.Name)];
            if (KnownNetwork.All.FirstOrDefault(known => string.Equals(known.Name, typed, StringComparison.OrdinalIgnoreCase)) is { } found)
                return found;

            string nearest = Nearest.Of(typed, names) is { } name ? $" Did you mean {name}?" : "";
            result.AddError($"--network: there is no \"{typed}\".{nearest} Known: {string.Join(", ", names)}.");
            return null;
        },
    };

    private readonly Option<string?> _classes = new("--classes")
    {
        Description = "Text file with the names of the classes, one a line. Left out: what the weights record, or CIFAR-10's own",
        HelpName = "FILE",
    };

    private readonly Option<int?> _top = Options.Number("--top", 1, 1000, "How many of the best classes are told (5)");

    private readonly Option<int?> _resize = Options.Number("--resize", 1, 4096,
        "Pixels that the shorter side is resized to before the centre is cut out (256 for 224; 32 for 32)");

    private readonly Option<double[]?> _mean = Numbers("--mean", "What is subtracted from each channel, on the scale 0 to 1 (what the weights record)");

    private readonly Option<double[]?> _deviation = Numbers("--std", "What each channel is divided by (what the weights record)");

    private readonly Option<string?> _onnx = new("--onnx")
    {
        Description = "Write the network as an ONNX file",
        HelpName = "FILE",
    };

    /// <summary>The command with all its options.</summary>
    public RootCommand Root { get; }

    public CommandLine()
    {
        Root = new RootCommand("Says what is in a picture: the classes that a network gives most probability.")
        {
            _weights, _pictures, _network, _classes, _top, _resize, _mean, _deviation, _onnx,
        };
        Root.Validators.Add(result =>
        {
            if (result.GetResult(_mean) is null != result.GetResult(_deviation) is null)
                result.AddError("--mean and --std belong together: give both.");
            if (result.GetValue(_pictures) is not { Length: > 0 } && result.GetResult(_onnx) is null)
                result.AddError("Nothing to do: give a picture, or --onnx FILE.");
        });
    }

    /// <summary>The values of a command line without errors.</summary>
    public ClassifyArguments Read(ParseResult parsed) => new()
    {
        Weights = parsed.GetValue(_weights)!,
        Pictures = parsed.GetValue(_pictures) ?? [],
        Network = parsed.GetValue(_network),
        ClassFile = parsed.GetValue(_classes),
        Top = parsed.GetValue(_top) ?? 5,
        Resize = parsed.GetValue(_resize),
        // An array that was not given is an empty one.
        Mean = parsed.GetValue(_mean) is { Length: > 0 } mean ? mean : null,
        Deviation = parsed.GetValue(_deviation) is { Length: > 0 } deviation ? deviation : null,
        Onnx = parsed.GetValue(_onnx),
    };

    private static Option<double[]?> Numbers(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "N,N,N",
        CustomParser = result =>
        {
            string typed = result.Tokens[^1].Value;
            List<double> numbers = [];
            foreach (string part in typed.Split(','))
            {
                if (!double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
                    || !double.IsFinite(number) || (name == "--std" && number <= 0))
                {
                    result.AddError($"{name} takes numbers with commas between them{(name == "--std" ? ", above 0" : "")}; got \"{typed}\".");
                    return null;
                }

                numbers.Add(number);
            }

            return [.. numbers];
        },
    };
}
