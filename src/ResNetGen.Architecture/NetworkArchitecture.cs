using ResNetGen.Architecture.Layers;

namespace ResNetGen.Architecture;

/// <summary>A network as a tree of layers with shapes and costs, known without building it in memory.</summary>
public sealed record NetworkArchitecture
{
    internal NetworkArchitecture(NetworkSpec spec, NetworkPlan plan)
    {
        Spec = spec;
        Plan = plan;
        Cost = Root.Measure(plan.Input);
        Saved = new SavedTally();
        // The image belongs to the caller, who may want it again.
        Root.Run(new Signal(plan.Input) { Shared = true }, Saved);
    }

    /// <summary>The network's name.</summary>
    public string Name => Spec.Name;

    /// <summary>What the user wrote.</summary>
    public NetworkSpec Spec { get; }

    /// <summary>Shape of one input image.</summary>
    public Shape Input => Plan.Input;

    /// <summary>Number of classes: the network's output is [N, Classes]; 0 for a network without a head.</summary>
    public int Classes => Plan.Classes;

    /// <summary>The tree of layers.</summary>
    public Sequence Root => Plan.Root;

    /// <summary>The stages, first to last; empty in networks that have none.</summary>
    public EquatableArray<Stage> Stages => Plan.Stages;

    /// <summary>The feature maps that <c>ForwardFeatures</c> gives, first to last.</summary>
    public EquatableArray<Tap> Taps => Plan.Taps;

    /// <summary>Shape of the output for one image.</summary>
    public Shape Output => Root.Output(Input);

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

    /// <summary>
    /// Elements that autograd keeps for one image between forward and backward, each storage counted once: inputs of
    /// convolutions, of normalisations and of linear layers, outputs of ReLUs, the input image. The 64-bit indices of max
    /// pooling count as two elements each, so that four bytes an element give the memory in fp32. Per-channel statistics
    /// of batch normalisation do not count: they are kept once a batch.
    /// </summary>
    public long SavedActivations => Saved.Elements + (Saved.FixedBytes / 4);

    /// <summary>
    /// Everything that decides what the weights mean, as one line of stable text. Two networks with equal fingerprints can
    /// load each other's weights; equal keys and shapes are not enough, since stride placement and zero padding leave no trace in them.
    /// </summary>
    public string Fingerprint => Plan.Fingerprint;

    /// <summary>The state_dict's entries in registration order.</summary>
    public IEnumerable<StateEntry> StateDict => Root.State(Input, "");

    internal NetworkPlan Plan { get; }

    /// <summary>What autograd keeps for one image, by kind.</summary>
    internal SavedTally Saved { get; }

    /// <summary>A table of layers, shapes and costs.</summary>
    public override string ToString() => SummaryTable.Of(this);
}
