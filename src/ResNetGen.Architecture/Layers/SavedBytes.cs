namespace ResNetGen.Architecture.Layers;

/// <summary>Bytes that autograd keeps.</summary>
/// <param name="Image">For each image of the batch.</param>
/// <param name="Batch">Once a batch.</param>
internal readonly record struct SavedBytes(long Image, long Batch)
{
    public long Of(int images) => (Image * images) + Batch;

    public static SavedBytes operator +(SavedBytes left, SavedBytes right) => new(left.Image + right.Image, left.Batch + right.Batch);

    public static SavedBytes operator -(SavedBytes left, SavedBytes right) => new(left.Image - right.Image, left.Batch - right.Batch);
}
