using System.Globalization;

namespace ResNetGen.Data;

/// <summary>A part of random area and aspect ratio, resized to the whole input, by torchvision's rule.</summary>
internal sealed record RandomResizedCrop : Geometry
{
    private const int Tries = 10;

    public RandomResizedCrop(double leastArea, double mostArea, double leastRatio, double mostRatio)
    {
        if (!(leastArea > 0 && leastArea <= mostArea && mostArea <= 1))
            throw new ArgumentOutOfRangeException(nameof(leastArea), $"Areas {leastArea} to {mostArea}: expected 0 < least <= most <= 1.");
        if (!(leastRatio > 0 && leastRatio <= mostRatio && double.IsFinite(mostRatio)))
            throw new ArgumentOutOfRangeException(nameof(leastRatio), $"Ratios {leastRatio} to {mostRatio}: expected 0 < least <= most.");
        (LeastArea, MostArea, LeastRatio, MostRatio) = (leastArea, mostArea, leastRatio, mostRatio);
    }

    public double LeastArea { get; }

    public double MostArea { get; }

    public double LeastRatio { get; }

    public double MostRatio { get; }

    public override bool IsRandom => true;

    private protected override string Name => string.Create(CultureInfo.InvariantCulture,
        $"random resized crop, area {LeastArea} to {MostArea}, ratio {LeastRatio} to {MostRatio}");

    internal override PictureView Place(PictureSize picture, PictureSize target, in PictureDraw draw)
    {
        SequenceRandom random = draw.Sequence(CounterRandom.Stream.AugmentGeometry);
        return new(Choose(picture, ref random), target, PixelBox.Whole(target), Mirrored);
    }

    private PixelBox Choose(PictureSize picture, ref SequenceRandom random)
    {
        double area = (double)picture.Width * picture.Height;
        (double logLeast, double logMost) = (Math.Log(LeastRatio), Math.Log(MostRatio));
        for (int i = 0; i < Tries; i++)
        {
            double wanted = area * random.UniformDouble(LeastArea, MostArea);
            double ratio = Math.Exp(random.UniformDouble(logLeast, logMost));
            // To the even neighbour, as Python rounds.
            int width = (int)Math.Round(Math.Sqrt(wanted * ratio));
            int height = (int)Math.Round(Math.Sqrt(wanted / ratio));
            if (width < 1 || width > picture.Width || height < 1 || height > picture.Height) continue;
            int top = random.Below(picture.Height - height + 1);
            int left = random.Below(picture.Width - width + 1);
            return new(left, top, width, height);
        }
        return Centre(picture);
    }

    /// <summary>No try fitted: the largest part in the middle whose ratio is allowed.</summary>
    private PixelBox Centre(PictureSize picture)
    {
        double ratio = (double)picture.Width / picture.Height;
        (int width, int height) = (picture.Width, picture.Height);
        if (ratio < LeastRatio) height = Math.Max(1, (int)Math.Round(width / LeastRatio));
        else if (ratio > MostRatio) width = Math.Max(1, (int)Math.Round(height * MostRatio));
        return new((picture.Width - width) / 2, (picture.Height - height) / 2, width, height);
    }
}
