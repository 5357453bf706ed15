using ResNetGen.Architecture;
using ResNetGen.Data;

namespace ResNetGen.Tests.Data;

[ImageDataset(3, 24, 24, 3)]
internal sealed class ThreeKinds : ImageFolder<ThreeKinds>;

[ImageDataset(1, 24, 24, 3)]
internal sealed class ThreeGreys : ImageFolder<ThreeGreys>;

[ImageDataset(3, 24, 24, 4)]
internal sealed class FourKinds : ImageFolder<FourKinds>;

internal sealed class Undeclared : ImageFolder<Undeclared>;

public class FolderSplitTests
{
    /// <summary>train and val with three classes; what torchvision's ImageFolder lists is listed, and in its order.</summary>
    internal static void Fill(TestFolder folder)
    {
        // torchvision's order for these (its ImageFolder was asked): B/z.JPG, a/1.png, a/10.jpeg, a/2.jpg, a/x-y/3.png, a/x/3.jpg, b c/1.jpg.
        Copy("420.jpg", "train/a/2.jpg", "train/a/x/3.jpg", "train/B/z.JPG", "train/b c/1.jpg", "val/a/1.jpg", "val/B/1.jpg", "val/b c/1.jpg");
        Copy("palette.png", "train/a/1.png", "train/a/x-y/3.png");
        Copy("grey.jpg", "train/a/10.jpeg", "val/a/2.jpg");
        File.WriteAllText(folder["train/a/notes.txt"], "no picture");
        File.WriteAllText(folder["train/loose.jpg"], "not in a class");

        void Copy(string from, params string[] to)
        {
            foreach (string name in to)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(folder[name])!);
                File.Copy(Path.Combine(PictureGolden.Folder, from), folder[name]);
            }
        }
    }

    [Fact]
    public void Classes_and_files_come_in_torchvisions_order()
    {
        using TestFolder folder = new();
        Fill(folder);
        ThreeKinds data = ThreeKinds.Open(folder.Path);
        FolderSplit train = Assert.IsType<FolderSplit>(data.Train);
        Assert.Equal(["B", "a", "b c"], data.ClassNames);
        Assert.Equal(
            ["B/z.JPG", "a/1.png", "a/10.jpeg", "a/2.jpg", "a/x/3.jpg", "a/x-y/3.png", "b c/1.jpg"],
            Enumerable.Range(0, train.Count).Select(i => Path.GetRelativePath(train.Folder, train.PathOf(i)).Replace('\\', '/')));
        Assert.Equal([0, 1, 1, 1, 1, 1, 2], train.Labels.ToArray());
        Assert.Equal((new Shape(3, 24, 24), 3, "ThreeKinds"), (ThreeKinds.Shape, ThreeKinds.Classes, ThreeKinds.Name));
        Assert.Equal((7, 4), (data.Train.Count, data.Test.Count));
        Assert.StartsWith("ThreeKinds in ", data.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void The_fingerprint_changes_with_names_and_sizes()
    {
        using TestFolder folder = new();
        Fill(folder);
        string before = ThreeKinds.Open(folder.Path).Train.Fingerprint;
        Assert.Equal(before, ThreeKinds.Open(folder.Path).Train.Fingerprint);
        File.AppendAllText(folder["train/b c/1.jpg"], "x");
        string longer = ThreeKinds.Open(folder.Path).Train.Fingerprint;
        File.Move(folder["train/b c/1.jpg"], folder["train/b c/2.jpg"]);
        Assert.Equal(3, new[] { before, longer, ThreeKinds.Open(folder.Path).Train.Fingerprint }.Distinct().Count());
    }

    [Fact]
    public void Folders_that_are_not_as_declared_are_refused()
    {
        using TestFolder folder = new();
        Refused(() => ThreeKinds.Open(folder["none"]), folder["none"], "does not exist");
        Refused(() => ThreeKinds.Open(folder.Path), folder.Path, "holds no folder train");
        Directory.CreateDirectory(folder["train"]);
        Refused(() => ThreeKinds.Open(folder.Path), folder.Path, "holds no folder val or test");
        Directory.CreateDirectory(folder["val"]);
        File.WriteAllText(folder["train/loose.jpg"], "");
        Refused(() => ThreeKinds.Open(folder.Path), folder["train"], "no folders in it", "1 pictures lie loose");
        Fill(folder, clean: true);
        Refused(() => FourKinds.Open(folder.Path), folder["train"], "3 folders of classes", "FourKinds is declared with 4", "[ImageDataset(3, 24, 24, 4)]");
        Refused(() => Undeclared.Open(folder.Path), "Undeclared does not say", "[ImageDataset(3, 224, 224, classes)]");
        Directory.Move(folder["val/B"], folder["val/other"]);
        Refused(() => ThreeKinds.Open(folder.Path), folder["val"], "no folder for the class \"B\"");
        Directory.CreateDirectory(folder["val/B"]);
        Refused(() => ThreeKinds.Open(folder.Path), Path.Combine(folder["val"], "B"), "no JPEG or PNG file");

        static void Fill(TestFolder folder, bool clean)
        {
            if (clean) Directory.Delete(folder["train"], recursive: true);
            FolderSplitTests.Fill(folder);
        }
    }

    [Fact]
    public void Links_are_followed_but_not_back_up()
    {
        using TestFolder folder = new();
        Fill(folder);
        Directory.CreateSymbolicLink(folder["train/B/more"], Path.Combine("..", "a", "x"));
        FolderSplit split = FolderSplit.Open("train", folder["train"], new Shape(3, 24, 24));
        Assert.Contains(folder["train/B/more/3.jpg"], Enumerable.Range(0, split.Count).Select(split.PathOf));
        Directory.Delete(folder["train/B/more"]);
        foreach (string target in (string[])[".", "..", "../..", folder["train/a"], folder.Path])
        {
            Directory.CreateSymbolicLink(folder["train/a/x/up"], target);
            Refused(() => ThreeKinds.Open(folder.Path), folder["train/a/x/up"], "is a link that leads back up");
            Directory.Delete(folder["train/a/x/up"]);
        }
    }

    [Fact]
    public void Folders_too_deep_are_named()
    {
        using TestFolder folder = new();
        Fill(folder);
        string Deep(int depth) => folder["train/a/" + string.Join('/', Enumerable.Repeat("d", depth))];
        Directory.CreateDirectory(Deep(16));
        File.Copy(folder["train/a/2.jpg"], Path.Combine(Deep(16), "1.jpg"));
        Assert.Equal(8, ThreeKinds.Open(folder.Path).Train.Count);
        Directory.CreateDirectory(Deep(17));
        Refused(() => ThreeKinds.Open(folder.Path), Deep(17), "lies 17 folders deep");
    }

    /// <summary>Files decoded on any number of threads, from any start, mirrored, cropped, coloured: the same batches.</summary>
    [Fact]
    public void Batches_of_files_do_not_depend_on_threads_or_start()
    {
        using TestFolder folder = new();
        Fill(folder);
        ThreeKinds data = ThreeKinds.Open(folder.Path);
        BatchLoaderOptions options = BatchLoaderOptions.ForTraining(3, 9, Augmentation.FbImageNet with { RandAugment = new RandAugment() });
        List<string> whole = Hashes(data.Train, options with { Epochs = 4 });
        Assert.Equal(8, whole.Distinct().Count());
        Assert.Equal(whole, Hashes(data.Train, options with { Epochs = 4, Workers = 5, Prefetch = 1 }));
        Assert.Equal(whole, Hashes(data.Train, options with { Epochs = 4, Workers = 1, ChannelsLast = true }));
        Assert.Equal(whole.Skip(3), Hashes(data.Train, options with { StartEpoch = 1, StartIteration = 1, Epochs = 3 }).Take(5));
    }

    [Fact]
    public void Ten_views_of_a_file_come_side_by_side()
    {
        using TestFolder folder = new();
        Fill(folder);
        ThreeKinds data = ThreeKinds.Open(folder.Path);
        Normalization none = Normalization.Measure(NormalizationKind.None, data.Train);
        BatchRenderer renderer = new(data.Test, none, BatchLoaderOptions.ForEvaluation(2, Geometry.TenCrop(30)));
        float[] images = new float[2 * 10 * 3 * 24 * 24];
        long[] labels = new long[2];
        Assert.Equal(2, renderer.Render(0, 0, images, labels));
        Assert.Equal([0, 1], labels);
        for (int view = 0; view < 10; view++)
        {
            byte[] golden = PictureGolden.Pixels($"ten {view}", "420.jpg");
            for (int i = 0; i < 576; i++)
                for (int channel = 0; channel < 3; channel++)
                    Assert.Equal(golden[i * 3 + channel], images[(view * 3 + channel) * 576 + i] * 255, 1e-3f);
        }
    }

    [Fact]
    public void Grey_datasets_are_read_in_grey()
    {
        using TestFolder folder = new();
        Fill(folder);
        ThreeGreys data = ThreeGreys.Open(folder.Path);
        float[] images = new float[4 * 576];
        new BatchRenderer(data.Test, Normalization.Measure(NormalizationKind.None, data.Train), BatchLoaderOptions.ForEvaluation(4, Geometry.CentreCrop(30)))
            .Render(0, 0, images, new long[4]);
        byte[] golden = PictureGolden.Pixels("ten 4", "420.jpg");
        for (int i = 0; i < 576; i++)
            Assert.Equal((golden[i * 3] * 19595 + golden[i * 3 + 1] * 38470 + golden[i * 3 + 2] * 7471 + 0x8000) >> 16, (int)MathF.Round(images[i] * 255));
    }

    [Fact]
    public void Measuring_can_be_given_up()
    {
        using TestFolder folder = new();
        Fill(folder);
        ThreeKinds data = ThreeKinds.Open(folder.Path);
        Assert.Throws<OperationCanceledException>(() => Normalization.Measure(NormalizationKind.PerChannel, data.Train, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Measured_means_are_those_of_the_centre_crops()
    {
        using TestFolder folder = new();
        Fill(folder);
        ThreeKinds data = ThreeKinds.Open(folder.Path);
        Normalization measured = Normalization.Measure(NormalizationKind.PerPixelMean, data.Train);
        float[] images = new float[7 * 1728];
        new BatchRenderer(data.Train, Normalization.Measure(NormalizationKind.None, data.Train), BatchLoaderOptions.ForEvaluation(7, Geometry.CentreCrop(28)))
            .Render(0, 0, images, new long[7]);
        for (int i = 0; i < 1728; i++)
            Assert.Equal(Enumerable.Range(0, 7).Average(picture => images[picture * 1728 + i] * 255), measured.Mean[i], 1e-2);
    }

    [Fact]
    public void A_damaged_file_stops_the_loader_with_its_name()
    {
        using TestFolder folder = new();
        Fill(folder);
        File.WriteAllText(folder["train/a/2.jpg"], "<html>not found</html>");
        File.WriteAllBytes(folder["train/B/z.JPG"], File.ReadAllBytes(folder["val/a/1.jpg"])[..900]);
        ThreeKinds data = ThreeKinds.Open(folder.Path);
        IReadOnlyList<string> damaged = DamagedPictures.Find(data.Train);
        Assert.Equal(2, damaged.Count);
        Assert.Contains(folder["train/B/z.JPG"], damaged[0], StringComparison.Ordinal);
        Assert.Contains(folder["train/a/2.jpg"], damaged[1], StringComparison.Ordinal);
        Assert.Empty(DamagedPictures.Find(data.Test));
        File.Copy(folder["val/a/1.jpg"], folder["train/B/z.JPG"], overwrite: true);
        Refused(() => Normalization.Measure(NormalizationKind.PerChannel, data.Train), folder["train/a/2.jpg"], "is text");
        Normalization constants = Normalization.Measure(NormalizationKind.ImageNet, data.Train);
        using BatchLoader loader = new(data.Train, constants, BatchLoaderOptions.ForTraining(7, 1, Augmentation.RandomResizedCropFlip));
        Refused(() => loader.Next(), folder["train/a/2.jpg"], "is text (\"<html>not found</html>\")");
    }

    private static List<string> Hashes(PictureSource source, BatchLoaderOptions options)
    {
        using BatchLoader loader = new(source, Normalization.Measure(NormalizationKind.ImageNet, source), options);
        List<string> hashes = [];
        foreach (Batch batch in loader.Batches())
        {
            using TorchSharp.torch.Tensor images = batch.Images.contiguous();
            hashes.Add($"{batch.Epoch}.{batch.Iteration} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(images.bytes))}");
        }
        return hashes;
    }

    private static void Refused(Func<object?> action, params string[] says)
    {
        BadInputException e = Assert.Throws<BadInputException>(action);
        Assert.All(says, part => Assert.Contains(part, e.Message, StringComparison.Ordinal));
    }
}
