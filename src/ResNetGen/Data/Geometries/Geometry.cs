using System.Globalization;
using ResNetGen.Architecture;

namespace ResNetGen.Data;

/// <summary>
/// Where in a picture the network looks, and at which size: what is cropped and resized how. The random ones are for training
/// (<see cref="Augmentation.Geometry"/>), the others for evaluation (<see cref="BatchLoaderOptions.Views"/>,
/// <see cref="PictureRenderer"/>). Resizing is bilinear with the filter widened when the picture shrinks (antialiased), as
/// Pillow has it, to the bit.
/// </summary>
public abstract record Geometry
{
    private protected Geometry()
    {
    }

    /// <summary>The picture as it is; it must have the shape of its source.</summary>
    public static Geometry Whole { get; } = new WholePicture();

    /// <summary>
    /// Zeros around the picture, after it is normalised, and a random window of its own size: CIFAR's (arXiv 1512.03385,
    /// section 4.2). Since the picture is normalised first, the zeros are the mean colour, not black.
    /// </summary>
    /// <param name="padding">Zeros on every side, in pixels.</param>
    public static Geometry PadAndCrop(int padding) => padding == 0 ? Whole : new PadAndCrop(padding);

    /// <summary>
    /// Scale augmentation: the shorter side is resized to a random length, then a random crop is taken (VGG's; arXiv
    /// 1512.03385, section 3.4, with 256 and 480).
    /// </summary>
    /// <param name="least">Least length of the shorter side, in pixels.</param>
    /// <param name="most">Greatest length.</param>
    public static Geometry RandomScaleAndCrop(int least = 256, int most = 480) => new RandomScaleAndCrop(least, most);

    /// <summary>
    /// A random part of the picture, of random area and aspect ratio, resized to the whole input (Inception's; torchvision's
    /// <c>RandomResizedCrop</c>: ten tries, then the centre).
    /// </summary>
    /// <param name="leastArea">Least part of the picture's area, in (0, 1].</param>
    /// <param name="mostArea">Greatest part.</param>
    /// <param name="leastRatio">Least width : height; the logarithm of the ratio is uniform.</param>
    /// <param name="mostRatio">Greatest width : height.</param>
    public static Geometry RandomResizedCrop(
        double leastArea = 0.08, double mostArea = 1, double leastRatio = 3.0 / 4, double mostRatio = 4.0 / 3) =>
        new RandomResizedCrop(leastArea, mostArea, leastRatio, mostRatio);

    /// <summary>The shorter side resized, then the centre: evaluation's 1-crop.</summary>
    /// <param name="shorterSide">Length of the shorter side after resizing, in pixels.</param>
    public static Geometry CentreCrop(int shorterSide) => new PlacedCrop(shorterSide, CropPlace.Centre);

    /// <summary>The shorter side resized, then a crop at a given place.</summary>
    /// <param name="shorterSide">Length of the shorter side after resizing, in pixels.</param>
    /// <param name="place">Where the crop lies.</param>
    public static Geometry Crop(int shorterSide, CropPlace place) => new PlacedCrop(shorterSide, place);

    /// <summary>The whole picture, its shorter side resized: fully convolutional evaluation. Sizes differ between pictures.</summary>
    /// <param name="shorterSide">Length of the shorter side after resizing, in pixels.</param>
    public static Geometry Resize(int shorterSide) => new ShorterSide(shorterSide);

    /// <summary>
    /// The ten views of 10-crop testing, in torchvision's order: upper left, upper right, lower left, lower right and centre of
    /// the picture, then those of the mirrored picture.
    /// </summary>
    /// <param name="shorterSide">Length of the shorter side after resizing, in pixels.</param>
    public static IReadOnlyList<Geometry> TenCrop(int shorterSide) =>
    [
        Crop(shorterSide, CropPlace.TopLeft),
        Crop(shorterSide, CropPlace.TopRight),
        Crop(shorterSide, CropPlace.BottomLeft),
        Crop(shorterSide, CropPlace.BottomRight),
        Crop(shorterSide, CropPlace.Centre),
        Crop(shorterSide, CropPlace.TopRight) with { Mirrored = true },
        Crop(shorterSide, CropPlace.TopLeft) with { Mirrored = true },
        Crop(shorterSide, CropPlace.BottomRight) with { Mirrored = true },
        Crop(shorterSide, CropPlace.BottomLeft) with { Mirrored = true },
        Crop(shorterSide, CropPlace.Centre) with { Mirrored = true },
    ];

    /// <summary>
    /// Side of the square that comes out, in pixels; null for the height and width of the source. A fully convolutional
    /// network may be trained at one size and tested at another.
    /// </summary>
    public int? Side { get; init; }

    /// <summary>Whether left and right are swapped, for every picture.</summary>
    public bool Mirrored { get; init; }

    /// <summary>Whether the view of a picture differs from one epoch to the next.</summary>
    public virtual bool IsRandom => false;

    /// <summary>Whether every picture comes out in one size, so that they make a batch.</summary>
    public virtual bool GivesOneSize => true;

    /// <summary>In words, with every number, as a run prints and stores it.</summary>
    public string Description => string.Create(CultureInfo.InvariantCulture, $"{Name}{(Side is int side ? $" of {side}" : "")}{(Mirrored ? ", mirrored" : "")}");

    /// <summary>The same as <see cref="Description"/>.</summary>
    public sealed override string ToString() => Description;

    private protected abstract string Name { get; }

    /// <summary>The view of one picture.</summary>
    /// <exception cref="OverflowException">A side would have more pixels than a side can have.</exception>
    internal abstract PictureView Place(PictureSize picture, PictureSize target, in PictureDraw draw);

    /// <summary>Shape of what comes out, for a source's shape.</summary>
    internal Shape Output(Shape source) => Side is int side ? new Shape(source.Channels, side, side) : source;

    private protected static int Positive(int value, string parameter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, parameter);
        return value;
    }

    /// <summary>The size of a picture whose shorter side is resized, as torchvision rounds it.</summary>
    /// <exception cref="OverflowException">The longer side would have more pixels than a side can have: the picture is thin as a hair.</exception>
    private protected static PictureSize WithShorterSide(PictureSize picture, int side) => picture.Width <= picture.Height
        ? new(side, checked((int)((long)side * picture.Height / picture.Width)))
        : new(checked((int)((long)side * picture.Width / picture.Height)), side);
}
