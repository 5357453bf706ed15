using System.Globalization;
using ResNetGen.Architecture;
using ResNetGen.Data;

namespace ResNetGen.Evaluation;

/// <summary>
/// How a network is tested, as data: what of each picture it is shown, and how what it says is averaged. Errors of different
/// protocols cannot be compared: on ImageNet 10 crops gain about a point over one, and several scales another one.
/// </summary>
public sealed record EvaluationProtocol
{
    private EvaluationProtocol(string name, EquatableArray<Geometry> views) => (Name, Views) = (name, views);

    /// <summary>The picture as it is, once: CIFAR's protocol. The pictures must have the network's size.</summary>
    public static EvaluationProtocol Whole { get; } = new("whole picture", [Geometry.Whole]);

    /// <summary>The protocol that He et al. 2015 compare networks with (table 3): 10 crops of pictures of shorter side 256.</summary>
    public static EvaluationProtocol He2015TenCrop { get; } = TenCrop(256);

    /// <summary>
    /// The protocol of the best results of He et al. 2015 (section 3.4, tables 4 and 5): fully convolutional, shorter sides
    /// {224, 256, 384, 480, 640}, and mirrored.
    /// </summary>
    public static EvaluationProtocol He2015MultiScale { get; } = Dense([224, 256, 384, 480, 640]);

    /// <summary>The protocol of He et al. 2016 for networks trained at [256, 480] (table 5): one crop of 320 from shorter side 320.</summary>
    public static EvaluationProtocol He2016SingleCrop { get; } = OneCrop(320, 320);

    /// <summary>What it is called.</summary>
    public string Name { get; }

    /// <summary>What a picture is shown as, in the order in which it is averaged.</summary>
    public EquatableArray<Geometry> Views { get; }

    /// <summary>What is averaged over the views, and over the networks of an ensemble.</summary>
    public ScoreAverage Average { get; init; } = ScoreAverage.Probabilities;

    /// <summary>
    /// Whether whole pictures of any size and ratio are shown, to the network as a fully convolutional one: the class scores
    /// of all positions are averaged.
    /// </summary>
    public bool IsDense => !Views[0].GivesOneSize;

    /// <summary>In words, with every number, as it is stored beside a result.</summary>
    public string Description => Views.Count == 1
        ? Name
        : $"{Name}, mean of the {(Average == ScoreAverage.Probabilities ? "probabilities" : "scores before softmax")}";

    /// <summary>The centre, once.</summary>
    /// <param name="shorterSide">What the pictures' shorter side is resized to, in pixels.</param>
    /// <param name="side">Side of the crop, in pixels; the network's own where null.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length is below 1, or the crop is larger than the shorter side.</exception>
    public static EvaluationProtocol OneCrop(int shorterSide = 256, int? side = null)
    {
        Require(shorterSide, side);
        return new(Words("1 crop", shorterSide, side), [Geometry.CentreCrop(shorterSide) with { Side = side }]);
    }

    /// <summary>Four corners and the centre, each also mirrored (Krizhevsky et al. 2012, section 4.1).</summary>
    /// <param name="shorterSide">What the pictures' shorter side is resized to, in pixels.</param>
    /// <param name="side">Side of the crops, in pixels; the network's own where null.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length is below 1, or the crop is larger than the shorter side.</exception>
    public static EvaluationProtocol TenCrop(int shorterSide = 256, int? side = null)
    {
        Require(shorterSide, side);
        return new(Words("10 crops", shorterSide, side), [.. Geometry.TenCrop(shorterSide).Select(view => view with { Side = side })]);
    }

    /// <summary>
    /// Whole pictures, fully convolutional: the layers after the last map run at each of its positions, and the class scores
    /// are averaged (Sermanet et al. 2014; Simonyan and Zisserman 2015, section 3.2). Then the scales are averaged, and the
    /// mirrored pictures with them.
    /// </summary>
    /// <param name="shorterSides">What the pictures' shorter side is resized to, one after the other, in pixels.</param>
    /// <param name="mirrored">Whether each is shown mirrored as well.</param>
    /// <exception cref="ArgumentException">There is no length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A length is below 1.</exception>
    public static EvaluationProtocol Dense(IReadOnlyList<int> shorterSides, bool mirrored = true)
    {
        ArgumentNullException.ThrowIfNull(shorterSides);
        if (shorterSides.Count == 0)
        {
            throw new ArgumentException("Dense evaluation needs at least one length of the shorter side.", nameof(shorterSides));
        }

        IEnumerable<Geometry> views = shorterSides.Select(static side => Geometry.Resize(side));
        return new($"dense, shorter side {string.Join(", ", shorterSides)}{(mirrored ? ", also mirrored" : "")}",
            [.. mirrored ? views.SelectMany(static view => new[] { view, view with { Mirrored = true } }) : views]);
    }

    /// <summary>
    /// What is usual for a source: pictures of one size as they are; of others the centre, from a shorter side of 8/7 of the
    /// network's (224 from 256).
    /// </summary>
    /// <param name="source">The pictures.</param>
    public static EvaluationProtocol For(PictureSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return source.VariesInSize
            ? OneCrop((int)Math.Round(Math.Min(source.Shape.Height, source.Shape.Width) * 8 / 7.0))
            : Whole;
    }

    /// <summary>The same as <see cref="Description"/>.</summary>
    public override string ToString() => Description;

    /// <summary>The views for a network: crops of its own size, unless the protocol says another one.</summary>
    internal IReadOnlyList<Geometry> ViewsFor(Shape input, PictureSource source)
    {
        bool differs = input.Height != source.Shape.Height || input.Width != source.Shape.Width;
        return IsDense || ReferenceEquals(Views[0], Geometry.Whole) || input.Height != input.Width || !differs
            ? Views
            : [.. Views.Select(view => view.Side is null ? view with { Side = input.Height } : view)];
    }

    private static void Require(int shorterSide, int? side)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(shorterSide, 1);
        if (side is { } length)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(length, 1, nameof(side));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(length, shorterSide, nameof(side));
        }
    }

    private static string Words(string crops, int shorterSide, int? side) => string.Create(
        CultureInfo.InvariantCulture, $"{crops}{(side is { } length ? $" of {length}" : "")} from shorter side {shorterSide}");
}
