using System.Globalization;

namespace ResNetGen.Data;

/// <summary>The shorter side resized to a length drawn uniformly, ends included; then a crop at a random place.</summary>
internal sealed record RandomScaleAndCrop : Geometry
{
    public RandomScaleAndCrop(int least, int most)
    {
        Least = Positive(least, nameof(least));
        ArgumentOutOfRangeException.ThrowIfLessThan(most, least);
        Most = most;
    }

    public int Least { get; }

    public int Most { get; }

    public override bool IsRandom => true;

    private protected override string Name => string.Create(CultureInfo.InvariantCulture, $"shorter side {Least} to {Most}, random crop");

    internal override PictureView Place(PictureSize picture, PictureSize target, in PictureDraw draw)
    {
        SequenceRandom random = draw.Sequence(CounterRandom.Stream.AugmentGeometry);
        PictureSize scaled = WithShorterSide(picture, Least + random.Below(Most - Least + 1));
        int top = Offset(scaled.Height - target.Height, ref random);
        int left = Offset(scaled.Width - target.Width, ref random);
        return new(PixelBox.Whole(picture), scaled, new(left, top, target.Width, target.Height), Mirrored);
    }

    /// <summary>A place of the window; where the picture is smaller than the window, a place of the picture in it.</summary>
    private static int Offset(int room, ref SequenceRandom random) =>
        room >= 0 ? random.Below(room + 1) : -random.Below(1 - room);
}
