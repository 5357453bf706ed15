namespace ResNetGen.Weights.PyTorch;

/// <summary>The functions and classes that files of tensors name, and what each of them makes. The list is closed.</summary>
internal static class TensorGlobals
{
    private static readonly Dictionary<string, SafetensorsDtype> s_storages = new(StringComparer.Ordinal)
    {
        ["DoubleStorage"] = SafetensorsDtype.F64,
        ["FloatStorage"] = SafetensorsDtype.F32,
        ["HalfStorage"] = SafetensorsDtype.F16,
        ["BFloat16Storage"] = SafetensorsDtype.BF16,
        ["LongStorage"] = SafetensorsDtype.I64,
        ["IntStorage"] = SafetensorsDtype.I32,
        ["ShortStorage"] = SafetensorsDtype.I16,
        ["CharStorage"] = SafetensorsDtype.I8,
        ["ByteStorage"] = SafetensorsDtype.U8,
        ["BoolStorage"] = SafetensorsDtype.BOOL,
    };

    /// <summary>Whether a name is one of those.</summary>
    public static bool IsKnown(PickleGlobal global) => global switch
    {
        { Module: "torch" or "torch.cuda", Name: var name } when s_storages.ContainsKey(name) => true,
        { Module: "torch", Name: "Size" } => true,
        { Module: "torch._utils", Name: "_rebuild_tensor" or "_rebuild_tensor_v2" or "_rebuild_parameter" } => true,
        { Module: "collections", Name: "OrderedDict" } => true,
        _ => false,
    };

    /// <summary>Element type of a storage class, or null where it is none.</summary>
    public static SafetensorsDtype? Storage(object? value) =>
        value is PickleGlobal { Module: "torch" or "torch.cuda", Name: var name } && s_storages.TryGetValue(name, out SafetensorsDtype dtype) ? dtype : null;

    /// <summary>What a name makes of its arguments.</summary>
    public static object Make(PickleGlobal global, PickleTuple arguments, string file) => (global.Name, arguments.Items) switch
    {
        ("OrderedDict", []) => new PickleDict(),
        ("OrderedDict", [List<object?> pairs]) => Ordered(pairs, file),
        ("Size", [PickleTuple { Items.Count: <= TensorBounds.MostDimensions } size]) => size,
        ("Size", [List<object?> { Count: <= TensorBounds.MostDimensions } size]) => new PickleTuple([.. size]),
        ("_rebuild_parameter", [PickleTensor tensor, ..]) => tensor,
        ("_rebuild_tensor" or "_rebuild_tensor_v2", [PickleStorage storage, long offset, PickleTuple shape, PickleTuple strides, ..]) =>
            TensorBounds.Check(storage, offset, Numbers(shape), Numbers(strides), file),
        _ => throw new PickleException($"{file} gives {global} other arguments than torch.save does. The file is damaged; write it again."),
    };

    // Python 2 wrote an OrderedDict as a list of pairs.
    private static PickleDict Ordered(List<object?> pairs, string file)
    {
        PickleDict dict = new();
        foreach (object? pair in pairs)
        {
            IReadOnlyList<object?>? two = pair as List<object?> ?? (pair as PickleTuple)?.Items;
            if (two is not [var key, var value])
                throw new PickleException($"{file}: expected pairs of keys and values in an OrderedDict, found something else. The file is damaged; write it again.");

            dict.Set(key, value);
        }

        return dict;
    }

    private static long[]? Numbers(PickleTuple tuple) =>
        tuple.Items.Count <= TensorBounds.MostDimensions && tuple.Items.All(item => item is long) ? [.. tuple.Items.Cast<long>()] : null;
}
