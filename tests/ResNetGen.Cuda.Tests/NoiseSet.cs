using ResNetGen.Architecture;
using ResNetGen.Data;

namespace ResNetGen.Cuda.Tests;

/// <summary>32 pictures of noise to train on, as many to test on.</summary>
internal sealed class NoiseSet : IImageDataset<NoiseSet>
{
    public static Shape Shape => new(3, 16, 16);

    public static int Classes => 10;

    public static string Name => "NoiseSet";

    public string Description => "noise";

    public IReadOnlyList<string> ClassNames { get; } = [.. Enumerable.Range(0, 10).Select(static i => $"noise {i}")];

    public PictureSource Train { get; } = Draw("train", 1);

    public PictureSource Test { get; } = Draw("test", 2);

    public static NoiseSet Open(string folder) => new();

    private static ImageSplit Draw(string name, int seed)
    {
        byte[] pixels = new byte[32 * 3 * 16 * 16];
        new Random(seed).NextBytes(pixels);
        return new ImageSplit(name, Shape, Classes, pixels, Enumerable.Range(0, 32).Select(static i => i % 10).ToArray());
    }
}
