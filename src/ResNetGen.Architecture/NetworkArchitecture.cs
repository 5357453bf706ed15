using ResNetGen.Architecture.Layers;

namespace ResNetGen.Architecture;

/// <summary>A network as a tree of layers with shapes and costs, known without building it in memory.</summary>
public sealed record NetworkArchitecture
{
    internal NetworkArchitecture(NetworkSpec spec, ResidualPlan plan)
    {
        Spec = spec;
        Plan = plan;
        Root = ResidualBuilder.Build(plan);
        Stages = ResidualBuilder.Stages(plan);
        Fingerprint = Architecture.Fingerprint.Of(plan);

        // The image itself is kept by the first convolution.
        Cost cost = Root.Measure(plan.Input);
        Cost = cost with { SavedActivations = cost.SavedActivations + plan.Input.Elements };
    }

    /// <summary>The network's name.</summary>
    public string Name => Spec.Name;

    /// <summary>What the user wrote.</summary>
    public NetworkSpec Spec { get; }

    /// <summary>Shape of one input image.</summary>
    public Shape Input => Plan.Input;

    /// <summary>Number of classes: the network's output is [N, Classes].</summary>
    public int Classes => Plan.Classes;

    /// <summary>The tree of layers.</summary>
    public Sequence Root { get; }

    /// <summary>The stages, first to last.</summary>
    public EquatableArray<Stage> Stages { get; }

    /// <summary>Every cost, for one image.</summary>
    public Cost Cost { get; }

    /// <summary>Trainable parameters.</summary>
    public long ParameterCount => Cost.Parameters;

    /// <summary>Multiply-adds of convolutions and linear layers for one image, which the papers call FLOPs.</summary>
    public long MultiplyAdds => Cost.MultiplyAdds;

    /// <summary>Floating-point operations of convolutions and linear layers for one image: twice the multiply-adds.</summary>
    public long Flops => 2 * Cost.MultiplyAdds;

    /// <summary>Weighted layers on the main path: the depth in the network's name.</summary>
    public int WeightedLayers => Cost.WeightedLayers;

    /// <summary>Elements of the running means and variances of batch normalisation.</summary>
    public long BufferCount => Cost.Buffers;

    /// <summary>Number of entries of the state_dict.</summary>
    public int StateDictEntries => Cost.StateDictEntries;

    /// <summary>Elements kept for the backward pass for one image, by the convention of <see cref="Cost.SavedActivations"/>.</summary>
    public long SavedActivations => Cost.SavedActivations;

    /// <summary>
    /// Everything that decides what the weights mean, as one line of stable text. Two networks with equal fingerprints can
    /// load each other's weights; equal keys and shapes are not enough, since stride placement and zero padding leave no trace in them.
    /// </summary>
    public string Fingerprint { get; }

    /// <summary>The state_dict's entries in registration order.</summary>
    public IEnumerable<StateEntry> StateDict => Root.State(Input, "");

    internal ResidualPlan Plan { get; }

    /// <summary>A table of layers, shapes and costs.</summary>
    public override string ToString() => SummaryTable.Of(this);
}
