namespace ResNetGen.Weights.PyTorch;

/// <summary>An entry of a module that a pickle names. Only the few that tensors are made of have a meaning; none is ever run.</summary>
/// <param name="Module">The module, e.g. <c>torch._utils</c>.</param>
/// <param name="Name">The name in it, e.g. <c>_rebuild_tensor_v2</c>.</param>
internal sealed record PickleGlobal(string Module, string Name)
{
    // The name comes from a file that is not trusted, and goes to a terminal.
    public override string ToString() => Shown.Of($"{Module}.{Name}");
}

/// <summary>A tuple.</summary>
internal sealed class PickleTuple(IReadOnlyList<object?> items)
{
    public static PickleTuple Empty { get; } = new([]);

    public IReadOnlyList<object?> Items => items;
}

/// <summary>A storage that the pickle names and that lies outside it.</summary>
/// <param name="Key">Its name in the file.</param>
/// <param name="Dtype">Type of its elements.</param>
/// <param name="Elements">Number of its elements.</param>
internal sealed record PickleStorage(string Key, SafetensorsDtype Dtype, long Elements)
{
    /// <summary>Its size in bytes.</summary>
    public long ByteLength => Elements * Dtype.Size();
}

/// <summary>A tensor: a view of a storage. Whoever makes one has checked that it lies inside (<see cref="TensorGlobals"/>).</summary>
/// <param name="Storage">The storage.</param>
/// <param name="Offset">Its first element in the storage.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Strides">Elements from one index of each dimension to the next.</param>
internal sealed record PickleTensor(PickleStorage Storage, long Offset, long[] Shape, long[] Strides);

/// <summary>A dict. Values of keys that are no strings are dropped: no name of a tensor is one.</summary>
internal sealed class PickleDict
{
    // Made with the first entry: a small file can hold millions of empty dicts.
    private OrderedDictionary<string, object?>? _items;

    /// <summary>Names and values in the order in which they were first set.</summary>
    public IEnumerable<KeyValuePair<string, object?>> Items => _items ?? [];

    public void Set(object? key, object? value)
    {
        if (key is string name)
            (_items ??= new(StringComparer.Ordinal))[name] = value;
    }

    /// <summary>The dict of a name, or null where there is none.</summary>
    public PickleDict? Dict(string name) =>
        _items is not null && _items.TryGetValue(name, out object? value) ? value as PickleDict : null;
}
