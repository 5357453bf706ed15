using ResNetGen.Architecture;
using ResNetGen.Data;

namespace ResNetGen.Tests.Training;

/// <summary>Pictures of 8×8 pixels in four classes: stripes along, stripes across, a light middle, a light edge; and noise.</summary>
internal sealed class TinySet : IImageDataset<TinySet>
{
    public static Shape Shape => new(3, 8, 8);

    public static int Classes => 4;

    public static string Name => "TinySet";

    public static TinySet Instance { get; } = new();

    /// <summary>The same pictures to train on, others to test on.</summary>
    public static TinySet TestedOnOthers { get; } = new() { Test = Draw("test", 90, seed: 3) };

    public string Description => "tiny pictures";

    public IReadOnlyList<string> ClassNames => ["along", "across", "middle", "edge"];

    public PictureSource Train { get; } = Draw("train", 200, seed: 1);

    public PictureSource Test { get; private init; } = Draw("test", 90, seed: 2);

    public static TinySet Open(string folder) => Instance;

    private static ImageSplit Draw(string name, int count, int seed)
    {
        Random random = new(seed);
        byte[] pixels = new byte[count * 192];
        int[] labels = new int[count];
        for (int n = 0; n < count; n++)
        {
            labels[n] = n % 4;
            for (int i = 0; i < 192; i++)
            {
                (int y, int x) = (i % 64 / 8, i % 8);
                bool inside = y is > 1 and < 6 && x is > 1 and < 6;
                bool light = labels[n] switch { 0 => y % 2 == 0, 1 => x % 2 == 0, 2 => inside, _ => !inside };
                pixels[(n * 192) + i] = (byte)((light ? 150 : 60) + random.Next(-50, 51));
            }
        }

        return new ImageSplit(name, Shape, Classes, pixels, labels);
    }
}
