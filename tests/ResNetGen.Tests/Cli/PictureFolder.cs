using ResNetGen.Data;

namespace ResNetGen.Tests.Cli;

/// <summary>
/// A folder in CIFAR-10's layout with few pictures, made once for all tests: 40 a file, each class a tint of its own under
/// noise. The marker of procedural pictures is what lets a file be so short.
/// </summary>
internal static class PictureFolder
{
    private const int PicturesPerFile = 40;

    private static readonly Lazy<string> Made = new(Make);

    /// <summary>Holds cifar-10-batches-bin; not to be changed.</summary>
    public static string Shared => Made.Value;

    private static string Make()
    {
        string root = Directory.CreateTempSubdirectory("resnetgen-pictures-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(root, recursive: true);
        string folder = Directory.CreateDirectory(Path.Combine(root, CifarFolder.FolderName)).FullName;
        new ProceduralMarker(1, 0, PicturesPerFile).Write(folder);
        File.WriteAllLines(Path.Combine(folder, CifarFolder.MetaFile), ProceduralPictures.ClassNames);
        Random random = new(1);
        foreach (string file in CifarFolder.TrainFiles.Append(CifarFolder.TestFile))
        {
            File.WriteAllBytes(Path.Combine(folder, file), Draw(random));
        }

        return root;
    }

    private static byte[] Draw(Random random)
    {
        byte[] bytes = new byte[PicturesPerFile * CifarFolder.RecordSize];
        random.NextBytes(bytes);
        for (int record = 0; record < PicturesPerFile; record++)
        {
            int start = record * CifarFolder.RecordSize;
            int label = record % 10;
            bytes[start] = (byte)label;
            for (int pixel = 1; pixel <= CifarFolder.ImageSize; pixel++)
            {
                bytes[start + pixel] = (byte)((bytes[start + pixel] / 4) + (19 * ((label * (1 + (pixel / 1_024))) % 10)));
            }
        }

        return bytes;
    }
}
