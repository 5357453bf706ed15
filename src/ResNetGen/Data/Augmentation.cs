using System.Globalization;

namespace ResNetGen.Data;

/// <summary>
/// What is done to a training picture, as data: crop, mirror, colours. Every random number is a pure function of (seed, epoch,
/// position in the epoch). The ready-made ones are the papers'; change one with a <c>with</c> expression.
/// </summary>
public sealed record Augmentation
{
    /// <summary>None: the picture as it is.</summary>
    public static Augmentation None { get; } = new();

    /// <summary>The papers' for CIFAR: pad 4 after normalising, random crop, mirror (arXiv 1512.03385, section 4.2).</summary>
    public static Augmentation Cifar { get; } = PadCropFlip(4);

    /// <summary>
    /// The papers' for ImageNet: shorter side 256 to 480, random crop, mirror, AlexNet's colours (arXiv 1512.03385, section
    /// 3.4).
    /// </summary>
    public static Augmentation He2015ImageNet { get; } = new() { Geometry = Geometry.RandomScaleAndCrop(256, 480), Flip = true, PcaColour = 0.1 };

    /// <summary>torchvision's: random resized crop, mirror.</summary>
    public static Augmentation RandomResizedCropFlip { get; } = new() { Geometry = Geometry.RandomResizedCrop(), Flip = true };

    /// <summary>fb.resnet.torch's: random resized crop, mirror, brightness, contrast and saturation 0.4 each, AlexNet's colours.</summary>
    public static Augmentation FbImageNet { get; } = RandomResizedCropFlip with { ColourJitter = new ColourJitter(0.4, 0.4, 0.4), PcaColour = 0.1 };

    /// <summary>
    /// The A3 recipe of "ResNet strikes back" (Wightman et al. 2021, table 2): random resized crop at 160 pixels, mirror,
    /// RandAugment with 2 operations of magnitude 6 ± 0.5.
    /// </summary>
    public static Augmentation StrikesBackA3 { get; } = new()
    {
        Geometry = Geometry.RandomResizedCrop() with { Side = 160 }, Flip = true, RandAugment = new RandAugment(),
    };

    /// <summary>What is cropped, at which size.</summary>
    public Geometry Geometry { get; init; } = Geometry.Whole;

    /// <summary>Whether to mirror left-right with probability one half.</summary>
    public bool Flip { get; init; }

    /// <summary>Random operations on the bytes of the cropped picture, before anything else is done to its colours; or null.</summary>
    public RandAugment? RandAugment { get; init; }

    /// <summary>Random brightness, contrast and saturation, or null.</summary>
    public ColourJitter? ColourJitter { get; init; }

    /// <summary>
    /// Standard deviation of the noise along the principal components of ImageNet's colours (Krizhevsky et al. 2012, section
    /// 4.1: 0.1); 0 adds none.
    /// </summary>
    public double PcaColour { get; init; }

    /// <summary>
    /// Whether every pixel of a file counts. Where not, a JPEG file of which a crop shows at most a quarter of the resolution is
    /// decoded at a half, a quarter or an eighth, so that at least twice of what is shown is left: large photographs take a
    /// fraction of the time, pixels differ by a few levels, and pictures of ImageNet's usual size are decoded in full all the
    /// same. Evaluation always decodes in full.
    /// </summary>
    public bool ExactDecoding { get; init; }

    /// <summary>CIFAR's with another padding.</summary>
    /// <param name="padding">Zeros on every side, in pixels; 0 cuts nothing.</param>
    /// <param name="flip">Whether to mirror left-right with probability one half.</param>
    public static Augmentation PadCropFlip(int padding, bool flip = true) => new() { Geometry = Geometry.PadAndCrop(padding), Flip = flip };

    /// <summary>In words, with every number, as a run prints and stores it.</summary>
    public string Description
    {
        get
        {
            List<string> parts = [];
            if (Geometry != Geometry.Whole) parts.Add(Geometry.Description);
            if (Flip) parts.Add("flip");
            if (RandAugment is { } random) parts.Add(random.Description);
            if (ColourJitter is { } jitter) parts.Add(jitter.Description);
            if (PcaColour != 0) parts.Add(string.Create(CultureInfo.InvariantCulture, $"PCA colour {PcaColour}"));
            if (ExactDecoding) parts.Add("decoded in full");
            return parts.Count == 0 ? "none" : string.Join(", ", parts);
        }
    }

    /// <summary>The same as <see cref="Description"/>.</summary>
    public override string ToString() => Description;

    /// <summary>Whether colours change.</summary>
    internal bool ChangesColour => PcaColour != 0 || ColourJitter is not null;

    /// <summary>Whether one picture is mirrored.</summary>
    internal bool Mirrors(in PictureDraw draw) => Flip && (draw.Words(CounterRandom.Stream.Augment).W2 >> 31) != 0;

    /// <summary>What becomes of the colours of one picture.</summary>
    /// <param name="draw">Its random numbers.</param>
    /// <param name="means">Mean red, green and blue of the picture, 0 … 255.</param>
    internal ColourTransform Colours(in PictureDraw draw, (double Red, double Green, double Blue) means)
    {
        ColourTransform transform = ColourTransform.Identity;
        if (ColourJitter is { } jitter) transform = jitter.Draw(draw.Sequence(CounterRandom.Stream.AugmentJitter), means);
        if (PcaColour != 0) transform = transform.Plus(PcaNoise.Draw(draw.Sequence(CounterRandom.Stream.AugmentPca), PcaColour));
        return transform;
    }
}
