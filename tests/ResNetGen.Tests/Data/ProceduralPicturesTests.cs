using System.Security.Cryptography;
using ResNetGen.Data;

namespace ResNetGen.Tests.Data;

public class ProceduralPicturesTests
{
    /// <summary>
    /// The same bytes on every machine. Should this hash change, so must <see cref="ProceduralPictures.Version"/>: cached sets
    /// of the old version are then made anew.
    /// </summary>
    [Fact]
    public void Seed_2015_gives_the_same_bytes_everywhere()
    {
        byte[] records = new byte[200 * 3073];
        ProceduralPictures.Fill(records, 2015, file: 0);
        Assert.Equal("5371501f1035c16f1cda5455211606f21a5d733250c56776bc6c658b5af9792d", Convert.ToHexStringLower(SHA256.HashData(records)));
        Assert.Equal(1, ProceduralPictures.Version);
    }

    [Fact]
    public void Files_and_seeds_differ_and_classes_are_even()
    {
        byte[] a = new byte[1000 * 3073];
        byte[] b = new byte[1000 * 3073];
        ProceduralPictures.Fill(a, 1, file: 0);
        ProceduralPictures.Fill(b, 1, file: 1);
        Assert.NotEqual(a, b);
        Assert.All(Enumerable.Range(0, 1000).Select(i => (int)a[i * 3073]).CountBy(label => label), pair => Assert.Equal(100, pair.Value));
        ProceduralPictures.Fill(b, 2, file: 0);
        Assert.NotEqual(a, b);
        // No picture comes twice, neither within a file nor in another.
        ProceduralPictures.Fill(b, 1, file: 5);
        Assert.Equal(2000, new[] { a, b }.SelectMany(records => records.Chunk(3073)).Select(record => Convert.ToHexString(SHA256.HashData(record.AsSpan(1)))).Distinct().Count());
    }

    [Fact]
    public void They_say_what_they_are()
    {
        using var folder = new TestFolder();
        ProceduralPictures.Write(folder.Path, picturesPerFile: 10);
        Cifar10 data = Cifar10.Open(folder.Path);
        Assert.True(data.IsProcedural);
        Assert.Contains("procedural pictures (not CIFAR-10)", data.Description, StringComparison.Ordinal);
        Assert.Equal("disc", data.ClassNames[0]);
    }

    /// <summary>
    /// There is something to learn, and it is no gift: the three nearest neighbours among the pixels of 2,000 pictures find the
    /// class more often than chance (10 %), and rarely enough that a network has work to do.
    /// </summary>
    [Fact]
    public void A_simple_rule_does_better_than_chance_and_far_from_all()
    {
        byte[] train = new byte[2000 * 3073];
        byte[] test = new byte[200 * 3073];
        ProceduralPictures.Fill(train, 2015, file: 0);
        ProceduralPictures.Fill(test, 2015, file: 5);
        // Edges rather than colours, which say nothing here.
        float[][] known = [.. train.Chunk(3073).AsParallel().AsOrdered().Select(record => Edges(record.AsSpan(1)))];
        int right = 0;
        Parallel.For(0, 200, i =>
        {
            float[] wanted = Edges(test.AsSpan(i * 3073 + 1, 3072));
            int[] votes = new int[10];
            foreach (int n in Enumerable.Range(0, known.Length).OrderBy(n => Distance(wanted, known[n])).Take(3)) votes[train[n * 3073]]++;
            if (Array.IndexOf(votes, votes.Max()) == test[i * 3073]) Interlocked.Increment(ref right);
        });
        Assert.InRange(right, 31, 160);
    }

    private static float Distance(float[] a, float[] b)
    {
        float sum = 0;
        for (int i = 0; i < a.Length; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
        return sum;
    }

    /// <summary>Histogram of how strongly neighbours differ, in four parts of the picture.</summary>
    private static float[] Edges(ReadOnlySpan<byte> image)
    {
        float[] histogram = new float[4 * 16];
        for (int y = 1; y < 31; y++)
        for (int x = 1; x < 31; x++)
        {
            int difference = 0;
            for (int channel = 0; channel < 3; channel++)
            {
                int i = channel * 1024 + y * 32 + x;
                difference += Math.Abs(image[i + 1] + image[i + 32] - image[i - 1] - image[i - 32]);
            }
            int part = (y < 10 || y > 21 ? 0 : 1) * 2 + (x < 10 || x > 21 ? 0 : 1);
            histogram[part * 16 + Math.Min(15, difference / 40)]++;
        }
        return histogram;
    }
}
