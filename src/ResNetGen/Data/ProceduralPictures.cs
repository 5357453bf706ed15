using System.Globalization;

namespace ResNetGen.Data;

/// <summary>
/// Ten classes of procedural pictures, for machines that cannot get CIFAR-10: shapes and textures of random size, place,
/// rotation and colour, on uneven ground, among clutter and under noise. The same seed gives the same bytes on every machine:
/// each picture is a function of (seed, number) made of integer arithmetic and the operations that IEEE 754 rounds exactly.
/// They are not CIFAR-10, and no result on them is one on CIFAR-10.
/// </summary>
public static class ProceduralPictures
{
    /// <summary>Changes whenever the same seed gives other pictures.</summary>
    internal const int Version = 1;

    /// <summary>The seed of the set that is made when no other data is found.</summary>
    public const long DefaultSeed = 2015;

    /// <summary>Names of the classes, in the order of their labels.</summary>
    public static IReadOnlyList<string> ClassNames { get; } =
        ["disc", "ring", "square", "triangle", "cross", "star", "stripes", "checks", "dots", "waves"];

    /// <summary>
    /// Writes a set in CIFAR-10's binary layout: <c>cifar-10-batches-bin</c> with five training files, a test file, the class
    /// names, and the marker <c>PROCEDURAL.txt</c> that keeps it from being taken for CIFAR-10.
    /// </summary>
    /// <param name="folder">Where <c>cifar-10-batches-bin</c> is made; one that stands there is replaced.</param>
    /// <param name="seed">Seed of the pictures.</param>
    /// <param name="picturesPerFile">Pictures in each of the six files, 1 … 10,000.</param>
    /// <returns>The folder <c>cifar-10-batches-bin</c>.</returns>
    /// <exception cref="BadInputException">The folder cannot be written.</exception>
    public static string Write(string folder, long seed = DefaultSeed, int picturesPerFile = CifarFolder.PicturesPerFile)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(picturesPerFile, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(picturesPerFile, CifarFolder.PicturesPerFile);
        string target = Path.Combine(folder, CifarFolder.FolderName);
        // Made beside and renamed: a set that is there is whole.
        string temporary = target + ".unfinished-" + Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        try
        {
            Directory.CreateDirectory(temporary);
            new ProceduralMarker(Version, seed, picturesPerFile).Write(temporary);
            File.WriteAllLines(Path.Combine(temporary, CifarFolder.MetaFile), ClassNames);
            byte[] records = new byte[picturesPerFile * CifarFolder.RecordSize];
            for (int i = 0; i <= CifarFolder.TrainFiles.Count; i++)
            {
                Fill(records, seed, file: i);
                string name = i < CifarFolder.TrainFiles.Count ? CifarFolder.TrainFiles[i] : CifarFolder.TestFile;
                File.WriteAllBytes(Path.Combine(temporary, name), records);
            }
            if (Directory.Exists(target)) Directory.Delete(target, recursive: true);
            Directory.Move(temporary, target);
            return target;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"Procedural pictures cannot be written to {target}: {e.Message} Check free space (185 MB) and permissions, or set XDG_CACHE_HOME to another folder.", e);
        }
        finally
        {
            TryDelete(temporary);
        }
    }

    /// <summary>All records of one file. Every class has as many pictures (as near as the number allows), in mixed order.</summary>
    internal static void Fill(byte[] records, long seed, int file)
    {
        int count = records.Length / CifarFolder.RecordSize;
        int[] order = Order(count, seed, file);
        Parallel.For(0, count, () => new ProceduralCanvas(), (i, _, canvas) =>
        {
            int label = order[i] % ClassNames.Count;
            Span<byte> record = records.AsSpan(i * CifarFolder.RecordSize, CifarFolder.RecordSize);
            record[0] = (byte)label;
            CounterRandom.Words words = CounterRandom.Draw(seed, CounterRandom.Stream.ProceduralPicture, (uint)file, (ulong)i);
            canvas.Draw(label, new SequenceRandom(words.Low), record[1..]);
            return canvas;
        }, _ => { });
    }

    private static int[] Order(int count, long seed, int file)
    {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) order[i] = i;
        for (int i = count - 1; i > 0; i--)
        {
            ulong bits = CounterRandom.Draw(seed, CounterRandom.Stream.ProceduralOrder, (uint)file, (ulong)i).Low;
            int j = CounterRandom.Below(bits, i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }
        return order;
    }

    private static void TryDelete(string folder)
    {
        try
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What is left of it is never read.
        }
    }
}
