namespace ResNetGen.Architecture;

/// <summary>One entry of a state_dict.</summary>
/// <param name="Key">Its name, e.g. <c>layer3.22.conv2.weight</c>.</param>
/// <param name="Shape">Its dimensions; empty for a scalar.</param>
/// <param name="Kind">What it holds.</param>
public sealed record StateEntry(string Key, EquatableArray<int> Shape, StateKind Kind)
{
    /// <summary>Number of elements; 1 for a scalar.</summary>
    public long Elements => Shape.Aggregate(1L, (product, size) => product * size);
}

/// <summary>What an entry of a state_dict holds.</summary>
public enum StateKind
{
    /// <summary>A trainable tensor of floating-point numbers.</summary>
    Parameter,

    /// <summary>A running mean or variance.</summary>
    Statistic,

    /// <summary>The number of batches a batch normalisation has seen, a 64-bit integer.</summary>
    Counter,
}
