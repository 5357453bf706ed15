using ResNetGen.Architecture.Layers;

namespace ResNetGen.Architecture;

/// <summary>What autograd keeps between forward and backward, in both precisions.</summary>
internal readonly record struct Kept(SavedBytes Float32, SavedBytes BFloat16)
{
    /// <summary>Bytes for a batch.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The batch is empty, or there is no such precision.</exception>
    public long Of(TrainingPrecision precision, int batch)
    {
        if (batch < 1)
            throw new ArgumentOutOfRangeException(nameof(batch), batch, "A batch has at least 1 image.");

        return precision switch
        {
            TrainingPrecision.Float32 => Float32.Of(batch),
            TrainingPrecision.BFloat16 => BFloat16.Of(batch),
            _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, "Expected Float32 or BFloat16."),
        };
    }

    public static Kept operator +(Kept left, Kept right) => new(left.Float32 + right.Float32, left.BFloat16 + right.BFloat16);

    public static Kept operator -(Kept left, Kept right) => new(left.Float32 - right.Float32, left.BFloat16 - right.BFloat16);
}
