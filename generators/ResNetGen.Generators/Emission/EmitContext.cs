using System.Globalization;
using ResNetGen.Architecture.Layers;
using ResNetGen.Architecture;
using ResNetGen.Generators.Models;

namespace ResNetGen.Generators.Emission;

/// <summary>What every part of the emitter prints from.</summary>
internal sealed class EmitContext
{
    public EmitContext(NetworkModel model)
    {
        Model = model;
        Network = model.Spec.Build();
        Names = new Names(model.TakenNames);
        Downsampling = Count(Network);
    }

    /// <summary>The declaration.</summary>
    public NetworkModel Model { get; }

    /// <summary>The network, with every shape and count.</summary>
    public NetworkArchitecture Network { get; }

    /// <summary>How names are written.</summary>
    public Names Names { get; }

    /// <summary>The network with its defaults filled in.</summary>
    public ResidualPlan Plan => Network.Plan.Residual!;

    /// <summary>Whether blocks are bottlenecks.</summary>
    public bool IsBottleneck => Plan.Block == Block.Bottleneck;

    /// <summary>The nested class of the blocks.</summary>
    public string BlockClass => Names.BlockClass(Plan.Block);

    /// <summary>Which blocks have something other than the identity on their shortcut.</summary>
    public Downsampling Downsampling { get; }

    /// <summary>A number with digit separators: 60_192_808.</summary>
    public static string Separated(long number) =>
        number.ToString("N0", CultureInfo.InvariantCulture).Replace(',', '_');

    private static Downsampling Count(NetworkArchitecture network)
    {
        Layer[] runs = [.. network.Root.Layers.OfType<Blocks>().SelectMany(stage => stage.Runs)];
        int with = runs.Count(HasShortcutLayer);
        return with == 0 ? Downsampling.Never : with == runs.Length ? Downsampling.Always : Downsampling.Sometimes;
    }

    private static bool HasShortcutLayer(Layer layer) => layer switch
    {
        Repeat repeat => HasShortcutLayer(repeat.Body),
        Instance instance => HasShortcutLayer(instance.Body),
        Sequence sequence => sequence.Layers.Any(HasShortcutLayer),
        Residual residual => residual.Shortcut is not null,
        _ => false,
    };
}

/// <summary>How many of a network's blocks bring their input to another shape on the shortcut.</summary>
internal enum Downsampling
{
    /// <summary>None: plain networks, and those that never change the shape.</summary>
    Never,

    /// <summary>Those that change the shape.</summary>
    Sometimes,

    /// <summary>All: shortcut C.</summary>
    Always,
}
