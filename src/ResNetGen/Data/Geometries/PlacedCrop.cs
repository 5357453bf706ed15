using System.Globalization;

namespace ResNetGen.Data;

/// <summary>Where a crop lies in a picture.</summary>
public enum CropPlace
{
    /// <summary>In the middle.</summary>
    Centre,

    /// <summary>In the upper left corner.</summary>
    TopLeft,

    /// <summary>In the upper right corner.</summary>
    TopRight,

    /// <summary>In the lower left corner.</summary>
    BottomLeft,

    /// <summary>In the lower right corner.</summary>
    BottomRight,
}

/// <summary>The shorter side resized, then a crop at a given place. Where the picture is smaller than the crop, it lies in black.</summary>
internal sealed record PlacedCrop : Geometry
{
    public PlacedCrop(int shorterSide, CropPlace where)
    {
        Shorter = Positive(shorterSide, nameof(shorterSide));
        Where = where;
    }

    public int Shorter { get; }

    public CropPlace Where { get; }

    private protected override string Name => string.Create(CultureInfo.InvariantCulture, $"shorter side {Shorter}, {Words} crop");

    private string Words => Where switch
    {
        CropPlace.TopLeft => "upper left",
        CropPlace.TopRight => "upper right",
        CropPlace.BottomLeft => "lower left",
        CropPlace.BottomRight => "lower right",
        _ => "centre",
    };

    internal override PictureView Place(PictureSize picture, PictureSize target, in PictureDraw draw)
    {
        PictureSize scaled = WithShorterSide(picture, Shorter);
        int top = At(scaled.Height - target.Height, Where is CropPlace.BottomLeft or CropPlace.BottomRight);
        int room = scaled.Width - target.Width;
        int left = At(room, Where is CropPlace.TopRight or CropPlace.BottomRight);
        // torchvision cuts the centre out of the mirrored picture: where the room is odd, half a pixel goes to the other side.
        if (Where == CropPlace.Centre && Mirrored) left = room - left;
        return new(PixelBox.Whole(picture), scaled, new(left, top, target.Width, target.Height), Mirrored);
    }

    /// <summary>
    /// Half a pixel is rounded to the even one, as Python does it for torchvision. Where the picture is smaller, torchvision pads
    /// it instead, and half a pixel goes to the far side.
    /// </summary>
    private int At(int room, bool atEnd) =>
        Where != CropPlace.Centre ? (atEnd ? room : 0) : room < 0 ? room / 2 : (int)Math.Round(room / 2.0);
}
