namespace ResNetGen.Weights.PyTorch;

/// <summary>
/// Holds a tensor's offset, shape and strides against its storage. Whoever reads the tensor trusts these numbers: with wrong ones
/// it would read memory that is not the storage's, or take memory that no file backs.
/// </summary>
internal static class TensorBounds
{
    /// <summary>PyTorch's own limit.</summary>
    public const int MostDimensions = 64;

    // Strides of 0 (expand) make many elements of few. No more than this many are made of a storage that is smaller.
    private const long MostExpanded = 1 << 22;

    /// <summary>The tensor, where it lies inside its storage.</summary>
    public static PickleTensor Check(PickleStorage storage, long offset, long[]? shape, long[]? strides, string file)
    {
        if (shape is null || strides is null || shape.Length != strides.Length || offset < 0 || shape.Any(size => size < 0) || strides.Any(stride => stride < 0))
            throw new PickleException($"{file}: a tensor of storage {storage.Key} has no shape or strides that a tensor can have. The file is damaged; fetch it again.");

        bool empty = shape.Contains(0);
        // Compared at each step, so that neither leaves 128 bits: a storage has fewer than 2^48 elements.
        Int128 elements = 1, last = empty ? -1 : offset;
        for (int i = 0; i < shape.Length; i++)
        {
            elements *= Math.Max(1, shape[i]);
            if (elements > Math.Max(MostExpanded, storage.Elements))
                throw Outside(storage, shape, file, $"has more than {Math.Max(MostExpanded, storage.Elements):N0} elements");
            if (!empty)
                last += (Int128)(shape[i] - 1) * strides[i];
            if (last >= storage.Elements)
                break;
        }

        return last < storage.Elements
            ? new PickleTensor(storage, offset, shape, strides)
            : throw Outside(storage, shape, file, $"reaches element {last:N0}");
    }

    private static PickleException Outside(PickleStorage storage, long[] shape, string file, string what) => new(
        $"{file}: a tensor of shape [{string.Join(", ", shape)}] {what} of storage {storage.Key}, which has {storage.Elements:N0}. The file is damaged; fetch it again.");
}
