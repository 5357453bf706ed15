using System.Globalization;
using ResNetGen.Data;

namespace ResNetGen.Samples.ImageNet;

/// <summary>
/// A small ImageFolder made of the pictures of CIFAR-10 (or of its procedural stand-in) as PNG files, so that the road from
/// image files to a trained network can be tried without ImageNet.
/// </summary>
internal static class SmallFolder
{
    private const int TrainCount = 5_000;
    private const int TestCount = 1_000;
    private const string Marker = "MADE-FROM.txt";

    /// <summary>The folder; it is made where it is not there yet.</summary>
    /// <param name="folder">Where it is to be.</param>
    /// <param name="source">The pictures.</param>
    /// <exception cref="BadInputException">The folder cannot be written, or holds something else.</exception>
    public static string Make(string folder, Cifar10 source)
    {
        string marker = Path.Combine(folder, Marker);
        string made = string.Create(CultureInfo.InvariantCulture,
            $"{source.Description}, {TrainCount} training and {TestCount} test pictures, {source.Train.Fingerprint}");
        if (File.Exists(marker) && File.ReadAllText(marker) == made)
        {
            return folder;
        }

        if (Directory.Exists(folder) && !File.Exists(marker) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new BadInputException($"{folder} holds something else than the small picture folder that was to be made there. Move it, or give --data.");
        }

        // Made beside and renamed: a folder that is there is whole.
        string unfinished = folder + ".unfinished";
        try
        {
            foreach (string old in new[] { unfinished, folder }.Where(Directory.Exists))
            {
                Directory.Delete(old, recursive: true);
            }

            Write(Path.Combine(unfinished, "train"), source.Train, source.ClassNames, TrainCount);
            Write(Path.Combine(unfinished, "val"), source.Test, source.ClassNames, TestCount);
            File.WriteAllText(Path.Combine(unfinished, Marker), made);
            Directory.Move(unfinished, folder);
            return folder;
        }
        catch (Exception e) when (IsOfDisk(e) || (e is AggregateException { InnerException: { } first } && IsOfDisk(first)))
        {
            throw new BadInputException($"The small picture folder cannot be written to {folder}: {(e.InnerException ?? e).Message} Give a folder of your own with --data.", e);
        }
    }

    private static void Write(string folder, ImageSplit pictures, IReadOnlyList<string> classes, int count)
    {
        foreach (string name in classes)
        {
            Directory.CreateDirectory(Path.Combine(folder, name));
        }

        Parallel.For(0, Math.Min(count, pictures.Count), i =>
        {
            string file = Path.Combine(folder, classes[pictures.Labels[i]], i.ToString("D5", CultureInfo.InvariantCulture) + ".png");
            PngFile.Write(file, pictures.Image(i), pictures.Shape.Width, pictures.Shape.Height);
        });
    }

    private static bool IsOfDisk(Exception e) => e is IOException or UnauthorizedAccessException;
}
