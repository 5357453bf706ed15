using ResNetGen.Architecture;
using ResNetGen.Data;

namespace ResNetGen.Reliability;

/// <summary>160 pictures of 8×8 pixels in four classes of stripes, drawn anew in each process, always the same.</summary>
internal sealed class StripedSet : IImageDataset<StripedSet>
{
    private const int Pixels = 3 * 8 * 8;

    public static Shape Shape => new(3, 8, 8);

    public static int Classes => 4;

    public static string Name => "StripedSet";

    public string Description => "striped pictures";

    public IReadOnlyList<string> ClassNames => ["rows", "columns", "rows in pairs", "columns in pairs"];

    public PictureSource Train { get; } = Draw("train", 160, seed: 1);

    public PictureSource Test { get; } = Draw("test", 32, seed: 2);

    public static StripedSet Open(string folder) => new();

    private static ImageSplit Draw(string name, int count, int seed)
    {
        Random random = new(seed);
        byte[] pixels = new byte[count * Pixels];
        int[] labels = new int[count];
        for (int n = 0; n < count; n++)
        {
            labels[n] = n % 4;
            for (int i = 0; i < Pixels; i++)
            {
                int along = labels[n] % 2 == 0 ? i % 64 / 8 : i % 8;
                bool light = along / (1 + (labels[n] / 2)) % 2 == 0;
                pixels[(n * Pixels) + i] = (byte)((light ? 150 : 60) + random.Next(-50, 51));
            }
        }

        return new ImageSplit(name, Shape, Classes, pixels, labels);
    }
}
