namespace ResNetGen.Architecture;

/// <summary>
/// The square of the input image that one element of a feature map depends on, as Araujo et al. 2019 ("Computing Receptive
/// Fields of Convolutional Neural Networks") count it: along the longest path, padding included, so that it can be larger
/// than the image.
/// </summary>
/// <param name="Size">Its side in pixels.</param>
/// <param name="Stride">Pixels from the square of one element to that of its neighbour.</param>
public readonly record struct ReceptiveField(int Size, int Stride)
{
    /// <summary>What a pixel of the image depends on: itself.</summary>
    internal static ReceptiveField Pixel => new(1, 1);

    /// <summary>"427, stride 32".</summary>
    public override string ToString() => FormattableString.Invariant($"{Size}, stride {Stride}");

    /// <summary>The field of a window that slides over a map whose elements have this one.</summary>
    internal ReceptiveField Then(ReceptiveField next) =>
        new(Clamp(Size + ((next.Size - 1L) * Stride)), Clamp((long)Stride * next.Stride));

    /// <summary>The wider of two that meet; strides that differ in a sum are the user's affair.</summary>
    internal ReceptiveField Or(ReceptiveField other) => other.Size > Size ? other : this;

    /// <summary>What brings this one to a later one.</summary>
    internal ReceptiveField Until(ReceptiveField later) => new(1 + ((later.Size - Size) / Stride), later.Stride / Stride);

    /// <summary>A number of equal windows on top of each other, by squaring.</summary>
    internal ReceptiveField Repeated(int times)
    {
        ReceptiveField result = Pixel, power = this;
        for (; times > 0; times /= 2)
        {
            if (times % 2 == 1)
                result = result.Then(power);

            power = power.Then(power);
        }

        return result;
    }

    // No map is that large; strides of many layers on a map of one pixel are.
    private static int Clamp(long value) => (int)Math.Min(value, int.MaxValue);
}
