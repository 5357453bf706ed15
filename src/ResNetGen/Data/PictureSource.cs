using ResNetGen.Architecture;

namespace ResNetGen.Data;

/// <summary>
/// Labelled pictures, wherever they lie: in memory (<see cref="ImageSplit"/>), in a folder of image files, in tar shards. Any
/// number of threads may read one source at a time.
/// </summary>
public abstract class PictureSource
{
    /// <summary>Makes a source.</summary>
    /// <param name="name">What it is called in messages, such as <c>train</c>.</param>
    /// <param name="shape">Shape of the pictures; where they vary in size, the shape they are cropped to.</param>
    /// <param name="classes">Number of classes.</param>
    protected PictureSource(string name, Shape shape, int classes)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(shape.Channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(shape.Height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(shape.Width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        Name = name;
        Shape = shape;
        Classes = classes;
    }

    /// <summary>What the source is called in messages, such as <c>train</c>.</summary>
    public string Name { get; }

    /// <summary>Shape of every picture, in pixels; where they vary in size, the shape they are cropped to.</summary>
    public Shape Shape { get; }

    /// <summary>Number of classes: labels are 0 … <c>Classes</c> − 1.</summary>
    public int Classes { get; }

    /// <summary>Number of pictures.</summary>
    public int Count => Labels.Length;

    /// <summary>Values of one picture of <see cref="Shape"/>: channels × height × width.</summary>
    public int ImageSize => Shape.Channels * Shape.Height * Shape.Width;

    /// <summary>Whether the pictures vary in size, so that a <see cref="Geometry"/> has to bring them to <see cref="Shape"/>.</summary>
    public virtual bool VariesInSize => true;

    /// <summary>All labels, in the order of the pictures.</summary>
    public abstract ReadOnlySpan<int> Labels { get; }

    /// <summary>
    /// Tells these pictures from others: a checkpoint keeps it, so that a run is never resumed on other pictures. Each source
    /// says what it is made of.
    /// </summary>
    public abstract string Fingerprint { get; }

    /// <summary>What messages call a picture: its file, where it has one.</summary>
    /// <param name="index">Which picture, 0 … <see cref="Count"/> − 1.</param>
    public virtual string Describe(int index) => $"picture {index} of the {Name} split";

    /// <summary>Reads a picture, by <see cref="Picture.SetPixels"/> or <see cref="Picture.SetEncoded"/>.</summary>
    /// <param name="index">Which picture, 0 … <see cref="Count"/> − 1.</param>
    /// <param name="picture">Where to; what it held before is gone.</param>
    /// <exception cref="BadInputException">The picture cannot be read; the message names it.</exception>
    protected internal abstract void Load(int index, Picture picture);
}
