namespace ResNetGen.Data;

/// <summary>The picture as it is.</summary>
internal sealed record WholePicture : Geometry
{
    private protected override string Name => "whole picture";

    internal override PictureView Place(PictureSize picture, PictureSize target, in PictureDraw draw) =>
        new(PixelBox.Whole(picture), picture, PixelBox.Whole(picture), Mirrored);
}
