using System.Globalization;

namespace ResNetGen.Data;

/// <summary>A random window of the picture's own size into the picture with zeros around it.</summary>
internal sealed record PadAndCrop : Geometry
{
    public PadAndCrop(int padding) => Padding = Positive(padding, nameof(padding));

    public int Padding { get; }

    public override bool IsRandom => true;

    private protected override string Name => string.Create(CultureInfo.InvariantCulture, $"pad {Padding}, random crop");

    internal override PictureView Place(PictureSize picture, PictureSize target, in PictureDraw draw)
    {
        CounterRandom.Words words = draw.Words(CounterRandom.Stream.Augment);
        int places = 2 * Padding + 1;
        int top = (int)(((ulong)words.W0 * (ulong)places) >> 32);
        int left = (int)(((ulong)words.W1 * (ulong)places) >> 32);
        return new(PixelBox.Whole(picture), picture, new(left - Padding, top - Padding, picture.Width, picture.Height), Mirrored);
    }
}
