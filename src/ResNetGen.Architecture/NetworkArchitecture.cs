using ResNetGen.Architecture.Diagrams;
using ResNetGen.Architecture.Layers;

namespace ResNetGen.Architecture;

/// <summary>A network as a tree of layers with shapes and costs, known without building it in memory.</summary>
public sealed record NetworkArchitecture
{
    private readonly Kept _kept;

    internal NetworkArchitecture(NetworkSpec spec, NetworkPlan plan)
    {
        Spec = spec;
        Plan = plan;
        Cost = Root.Measure(plan.Input);
        _kept = new Kept(Follow(TrainingPrecision.Float32).Sum, Follow(TrainingPrecision.BFloat16).Sum);
    }

    /// <summary>The network's name.</summary>
    public string Name => Spec.Name;

    /// <summary>What the user wrote.</summary>
    public NetworkSpec Spec { get; }

    /// <summary>What training computes a second time instead of keeping it.</summary>
    public Recompute Recompute => Spec.Recompute ?? Recompute.None;

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

    /// <summary>The layers as the summary shows them: with shapes and costs, runs of equal blocks folded into one entry.</summary>
    public EquatableArray<LayerSummary> Layers => Outline.Of(this);

    /// <summary>
    /// The receptive field of the last feature map, before a layer takes the whole of it; null in a network whose first layer does.
    /// </summary>
    public ReceptiveField? ReceptiveField => Layers.Select(layer => layer.ReceptiveField).LastOrDefault(reach => reach is not null);

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
    /// Multiply-adds as ptflops counts them for one image: <see cref="MultiplyAdds"/>, and beside them 2 an element for batch
    /// normalisation, 1 an element for activations and poolings, and the additions of biases.
    /// </summary>
    public long MultiplyAddsWithNormAndActivation => Cost.MultiplyAddsWithNormAndActivation;

    /// <summary>
    /// Bytes that autograd keeps between the forward and the backward pass of a training step, each storage counted once:
    /// inputs of convolutions, of normalisations, of average poolings and of linear layers (the images are the first), outputs of
    /// ReLUs, a byte for each output of a max pooling (on a GPU and without ResNetGen's native library a 64-bit index, and its input), dropout's factors, the statistics of each normalisation and, in bfloat16,
    /// the casts of linear layers' weights (of convolutions' as well on a GPU: 2 bytes a weight). A ReLU right after batch normalisation keeps nothing of its own where the two are one operation, as
    /// they are with ResNetGen's native library; without it, it keeps its output. The network's output counts only where its last layer keeps it, as ReLU does in a network
    /// without a head; parameters do not count.
    /// </summary>
    /// <param name="precision">The arithmetic of the step.</param>
    /// <param name="batch">Images in the batch, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The batch is empty, or there is no such precision.</exception>
    public long SavedActivationBytes(TrainingPrecision precision, int batch) => _kept.Of(precision, batch);

    /// <summary>The same for any choice of what is computed a second time instead of being kept, whatever the network's own.</summary>
    /// <param name="precision">The arithmetic of the step.</param>
    /// <param name="batch">Images in the batch, at least 1.</param>
    /// <param name="recompute">The choice. One that finds nothing in this network to compute again keeps what <see cref="Recompute.None"/> keeps.</param>
    /// <exception cref="ArgumentOutOfRangeException">The batch is empty, or there is no such precision or choice.</exception>
    public long SavedActivationBytes(TrainingPrecision precision, int batch, Recompute recompute) => recompute switch
    {
        _ when recompute == Recompute => SavedActivationBytes(precision, batch),
        Recompute.None or Recompute.Normalisation or Recompute.Block => new Kept(
            Follow(TrainingPrecision.Float32, recompute: recompute).Sum, Follow(TrainingPrecision.BFloat16, recompute: recompute).Sum).Of(precision, batch),
        _ => throw new ArgumentOutOfRangeException(nameof(recompute), recompute, "Expected None, Normalisation or Block."),
    };

    /// <summary>
    /// Everything that decides what the weights mean, as one line of stable text. Two networks with equal fingerprints can
    /// load each other's weights; equal keys and shapes are not enough, since stride placement and zero padding leave no trace in them.
    /// </summary>
    public string Fingerprint => Plan.Fingerprint;

    /// <summary>The state_dict's entries in registration order.</summary>
    public IEnumerable<StateEntry> StateDict => Root.State(Input, "");

    internal NetworkPlan Plan { get; }

    /// <summary>Whether a layer is one of those whose outputs <c>ForwardFeatures</c> gives.</summary>
    internal bool IsTapped(Layer layer)
    {
        if (!Taps.Any(tap => tap.Name == layer.Name))
            return false;

        EquatableArray<Layer> own = Root.Layers.Count == 1 && Root.Layers[0] is Graph graph ? graph.Nodes.Select(node => node.Layer).ToEquatableArray() : Root.Layers;
        return own.Any(child => ReferenceEquals(child, layer));
    }

    /// <summary>
    /// The network as a Mermaid flowchart, which GitHub draws in Markdown: blocks as boxes, shapes on the edges, shortcuts
    /// dotted, equal blocks once.
    /// </summary>
    public string ToMermaid() => MermaidDiagram.Of(this);

    /// <summary>The network as an SVG picture: blocks as boxes, shapes on the edges, shortcuts beside them, equal blocks once.</summary>
    public string ToSvg() => SvgDiagram.Of(this);

    /// <summary>
    /// A table of layers with their shapes, receptive fields and costs, equal blocks once; below it the totals, each with the
    /// convention that it follows.
    /// </summary>
    public override string ToString() => SummaryTable.Of(this);

    // The image belongs to the caller, who may want it again.
    internal SavedTally Follow(
        TrainingPrecision precision, List<SavedBytes>? log = null, bool meansKeepMaps = true, Recompute? recompute = null)
    {
        var saved = new SavedTally(precision)
        {
            IsTapped = IsTapped,
            Log = log,
            MeansKeepMaps = meansKeepMaps,
            Recompute = recompute ?? Recompute,
        };
        saved.Run(Root, new Signal(Input) { Shared = true });
        return saved;
    }
}
