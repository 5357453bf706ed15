namespace ResNetGen.Architecture.Layers;

/// <summary>A node of the tree that is a network. Its shape and its costs follow from the shape it is given.</summary>
/// <param name="Name">Its segment of state_dict keys; empty where it has none of its own.</param>
public abstract record Layer(string Name)
{
    /// <summary>The shape it makes of its input's.</summary>
    /// <param name="input">Shape of one image or feature map.</param>
    public abstract Shape Output(Shape input);

    /// <summary>What it costs for one image, the activations kept for the backward pass excepted: they depend on its neighbours.</summary>
    /// <param name="input">Shape of one image or feature map.</param>
    public abstract Cost Measure(Shape input);

    /// <summary>Its entries of the state_dict, in registration order, every repetition of a block included.</summary>
    /// <param name="input">Shape of one image or feature map.</param>
    /// <param name="path">Where it stands: the names from the root down to itself, joined by dots.</param>
    public abstract IEnumerable<StateEntry> State(Shape input, string path);

    /// <summary>Its leaf layers in the order they run, a repeated block once, each with the shape that reaches it.</summary>
    internal abstract IEnumerable<PlacedLeaf> Leaves(Shape input, string path);

    /// <summary>Whether it is one of the blocks that <see cref="Recompute.Block"/> runs a second time.</summary>
    internal virtual bool IsBlock => false;

    /// <summary>Follows a tensor through it and notes what the backward pass needs.</summary>
    /// <returns>Its output.</returns>
    internal abstract Signal Run(Signal input, SavedTally saved);

    internal static string Join(string path, string name) =>
        path.Length == 0 ? name : name.Length == 0 ? path : $"{path}.{name}";
}

/// <summary>A leaf layer at its place.</summary>
/// <param name="Path">The names from the root down to it, joined by dots.</param>
/// <param name="Layer">The layer.</param>
/// <param name="Input">The shape that reaches it.</param>
/// <param name="OnMainPath">Whether it stands on the main path and not on a shortcut.</param>
internal readonly record struct PlacedLeaf(string Path, Leaf Layer, Shape Input, bool OnMainPath = true);
