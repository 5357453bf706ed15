using ResNetGen.Architecture;
using ResNetGen.Data;

namespace ResNetGen;

/// <summary>
/// A set of labelled pictures whose shape and number of classes are known to the compiler, so that a network that
/// disagrees with them is refused before it runs. The class also carries <c>[ImageDataset(channels, height, width,
/// classes)]</c> from the same constants, which is what the analyzer reads.
/// </summary>
/// <typeparam name="TSelf">The dataset itself.</typeparam>
public interface IImageDataset<TSelf> where TSelf : IImageDataset<TSelf>
{
    /// <summary>Shape of every picture, channels × height × width, in pixels.</summary>
    static abstract Shape Shape { get; }

    /// <summary>Number of classes: labels are 0 … <c>Classes</c> − 1.</summary>
    static abstract int Classes { get; }

    /// <summary>Name of the dataset, as its authors write it.</summary>
    static abstract string Name { get; }

    /// <summary>Opens the dataset in a folder.</summary>
    /// <param name="folder">The folder that holds it.</param>
    /// <exception cref="BadInputException">A file is missing or malformed; the message names it and says what to do.</exception>
    static abstract TSelf Open(string folder);

    /// <summary>What was really opened: a stand-in for the dataset says so here.</summary>
    string Description { get; }

    /// <summary>Names of the classes, in the order of their labels.</summary>
    IReadOnlyList<string> ClassNames { get; }

    /// <summary>The pictures to train on.</summary>
    PictureSource Train { get; }

    /// <summary>The pictures to test on.</summary>
    PictureSource Test { get; }
}
