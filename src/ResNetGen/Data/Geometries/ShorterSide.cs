using System.Globalization;

namespace ResNetGen.Data;

/// <summary>The whole picture, its shorter side resized.</summary>
internal sealed record ShorterSide : Geometry
{
    public ShorterSide(int length) => Length = Positive(length, nameof(length));

    public int Length { get; }

    public override bool GivesOneSize => false;

    private protected override string Name => string.Create(CultureInfo.InvariantCulture, $"shorter side {Length}, whole picture");

    internal override PictureView Place(PictureSize picture, PictureSize target, in PictureDraw draw)
    {
        PictureSize scaled = WithShorterSide(picture, Length);
        return new(PixelBox.Whole(picture), scaled, PixelBox.Whole(scaled), Mirrored);
    }
}
