using ResNetGen.Architecture.Layers;

namespace ResNetGen.Planning;

/// <summary>
/// Which operations each kind of layer becomes. A kind that is not here cannot be planned; a test asks for every kind that there is.
/// </summary>
internal static class PlanLayers
{
    private delegate Map Lower(PlanBuilder plan, Layer layer, string path, Map input);

    private static readonly Dictionary<Type, Lower> s_kinds = new()
    {
        // What is made of layers.
        [typeof(Sequence)] = Kind<Sequence>(static (plan, sequence, path, input) => Unrolling.Chain(sequence.Layers, path, input, Into(plan))),
        [typeof(Joined)] = Kind<Joined>(static (plan, joined, path, input) => Unrolling.Chain(joined.Layers, path, input, Into(plan))),
        [typeof(Blocks)] = Kind<Blocks>(static (plan, blocks, path, input) => Unrolling.Chain(blocks.Runs, path, input, Into(plan))),
        [typeof(Repeat)] = Kind<Repeat>(static (plan, run, path, input) => Unrolling.Copies(run, path, input, Into(plan))),
        [typeof(Instance)] = Kind<Instance>(static (plan, instance, path, input) => Add(plan, instance.Body, path, input)),
        [typeof(Graph)] = Kind<Graph>(static (plan, paths, path, input) => Unrolling.Nodes(
            paths, path, input, Into(plan), (join, place, inputs) => Meetings.Join(plan, join, place, inputs))),
        [typeof(Residual)] = Kind<Residual>(Meetings.Residual),

        // What has weights.
        [typeof(Conv2d)] = Kind<Conv2d>(Weighted.Convolution),
        [typeof(Linear)] = Kind<Linear>(Weighted.Linear),
        [typeof(BatchNorm2d)] = Kind<BatchNorm2d>(Weighted.BatchNorm),
        [typeof(SqueezeExcitation)] = Kind<SqueezeExcitation>(Weighted.SqueezeExcitation),

        // What has none.
        [typeof(Activation)] = Kind<Activation>(static (plan, function, path, input) => plan.Add(new Apply(path, function, input, new Map(input.Shape)))),
        [typeof(MaxPool2d)] = Kind<MaxPool2d>(Shapes.Largest),
        [typeof(AvgPool2d)] = Kind<AvgPool2d>(Shapes.Mean),
        [typeof(GlobalAvgPool)] = Kind<GlobalAvgPool>(Shapes.Grid),
        [typeof(Flatten)] = Kind<Flatten>(Shapes.Flatten),
        [typeof(ZeroPadShortcut)] = Kind<ZeroPadShortcut>(Shapes.ZeroPad),
        [typeof(Join)] = Kind<Join>(static (plan, join, path, input) => Meetings.Join(plan, join, path, [input])),

        // What does nothing in evaluation.
        [typeof(Dropout)] = Kind<Dropout>(static (_, _, _, input) => input),
        [typeof(DropPath)] = Kind<DropPath>(static (_, _, _, input) => input),
    };

    /// <summary>The kinds that can be planned.</summary>
    public static IReadOnlyCollection<Type> Kinds => s_kinds.Keys;

    /// <summary>Adds a layer's operations to a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="path">Where it stands: the names from the root down to itself, joined by dots.</param>
    /// <param name="input">What it takes.</param>
    /// <returns>What it gives.</returns>
    public static Map Add(PlanBuilder plan, Layer layer, string path, Map input) => s_kinds.TryGetValue(layer.GetType(), out Lower? lower)
        ? lower(plan, layer, path, input)
        : throw new NotSupportedException($"{path} is a {layer.GetType().Name}, which inference plans do not know.");

    private static Unrolling.Add<Map> Into(PlanBuilder plan) => (layer, path, input) => Add(plan, layer, path, input);

    private static Lower Kind<TLayer>(Func<PlanBuilder, TLayer, string, Map, Map> lower)
        where TLayer : Layer => (plan, layer, path, input) => lower(plan, (TLayer)layer, path, input);
}
