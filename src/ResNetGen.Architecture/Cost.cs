namespace ResNetGen.Architecture;

/// <summary>What a layer, or a whole network, costs for one image.</summary>
public readonly record struct Cost
{
    /// <summary>Trainable parameters.</summary>
    public long Parameters { get; init; }

    /// <summary>
    /// Multiply-adds of convolutions and linear layers; bias additions, batch normalisation and activations do not count.
    /// This is what the papers call FLOPs and torchvision GFLOPS.
    /// </summary>
    public long MultiplyAdds { get; init; }

    /// <summary>
    /// What ptflops counts beside <see cref="MultiplyAdds"/>: 2 an element that batch normalisation takes, 1 an element that
    /// an activation or a pooling takes, and 1 for each addition of a bias. Additions of shortcuts do not count.
    /// </summary>
    public long ElementwiseOperations { get; init; }

    /// <summary><see cref="MultiplyAdds"/> and <see cref="ElementwiseOperations"/> together, which ptflops prints as MACs.</summary>
    public long MultiplyAddsWithNormAndActivation => MultiplyAdds + ElementwiseOperations;

    /// <summary>Elements of the running means and variances of batch normalisation.</summary>
    public long Buffers { get; init; }

    /// <summary>Convolutions and linear layers on the main path: the depth in a network's name. Projections do not count.</summary>
    public int WeightedLayers { get; init; }

    /// <summary>Convolutions, projections included.</summary>
    public int Convolutions { get; init; }

    /// <summary>Batch normalisations, those of projections included.</summary>
    public int BatchNorms { get; init; }

    /// <summary>Number of parameter tensors.</summary>
    public int ParameterTensors { get; init; }

    /// <summary>Number of entries of the state_dict: parameters, running statistics and batch counters.</summary>
    public int StateDictEntries { get; init; }

    /// <summary>The cost of both.</summary>
    /// <exception cref="OverflowException">A count does not fit in 63 bits.</exception>
    public static Cost operator +(Cost left, Cost right) => checked(new()
    {
        Parameters = left.Parameters + right.Parameters,
        MultiplyAdds = left.MultiplyAdds + right.MultiplyAdds,
        ElementwiseOperations = left.ElementwiseOperations + right.ElementwiseOperations,
        Buffers = left.Buffers + right.Buffers,
        WeightedLayers = left.WeightedLayers + right.WeightedLayers,
        Convolutions = left.Convolutions + right.Convolutions,
        BatchNorms = left.BatchNorms + right.BatchNorms,
        ParameterTensors = left.ParameterTensors + right.ParameterTensors,
        StateDictEntries = left.StateDictEntries + right.StateDictEntries,
    });

    /// <summary>The cost of a layer repeated a number of times.</summary>
    /// <exception cref="OverflowException">A count does not fit in 63 bits.</exception>
    public static Cost operator *(Cost cost, int times) => checked(new()
    {
        Parameters = cost.Parameters * times,
        MultiplyAdds = cost.MultiplyAdds * times,
        ElementwiseOperations = cost.ElementwiseOperations * times,
        Buffers = cost.Buffers * times,
        WeightedLayers = cost.WeightedLayers * times,
        Convolutions = cost.Convolutions * times,
        BatchNorms = cost.BatchNorms * times,
        ParameterTensors = cost.ParameterTensors * times,
        StateDictEntries = cost.StateDictEntries * times,
    });
}
