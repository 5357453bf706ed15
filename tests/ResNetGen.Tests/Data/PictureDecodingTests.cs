using ResNetGen.Data;
using ResNetGen.Tests.Hostile;

namespace ResNetGen.Tests.Data;

/// <summary>Decoded in full and resized, a picture is Pillow's and torchvision's, to the bit.</summary>
public class PictureDecodingTests
{
    [Theory]
    [InlineData("420.jpg")]
    [InlineData("422.jpg")]
    [InlineData("444-progressive.jpg")]
    [InlineData("grey.jpg")]
    [InlineData("cmyk.jpg")]
    [InlineData("exif.jpg")]
    [InlineData("rgb.png")]
    [InlineData("grey.png")]
    [InlineData("bit.png")]
    [InlineData("grey-alpha.png")]
    [InlineData("alpha.png")]
    [InlineData("palette.png")]
    [InlineData("jpeg-inside.png")]
    public void Every_kind_decodes_to_Pillows_pixels(string file)
    {
        Picture picture = PictureGolden.Load(file);
        Assert.Equal(PictureGolden.Case("whole", file).Size, picture.Size);
        Assert.Equal(PictureGolden.Pixels("whole", file), PictureGolden.Rgb(picture.ShowWhole()));
    }

    [Theory]
    [InlineData("420.jpg")]
    [InlineData("palette.png")]
    public void Parts_are_resized_as_torchvision_does_it(string file)
    {
        Picture picture = PictureGolden.Load(file);
        Same("part 24", new(7, 5, 40, 31), new(24, 24));
        Same("enlarged 50", new(3, 2, 15, 20), new(50, 50));

        void Same(string name, PixelBox region, PictureSize scaled) => Assert.Equal(
            PictureGolden.Pixels(name, file),
            PictureGolden.Rgb(picture.Show(new(region, scaled, PixelBox.Whole(scaled), Mirror: false), exact: true)));
    }

    [Theory]
    [InlineData("420.jpg")]
    [InlineData("palette.png")]
    public void Views_for_evaluation_are_torchvisions(string file)
    {
        Picture picture = PictureGolden.Load(file);
        Same("resize 30", Geometry.Resize(30));
        IReadOnlyList<Geometry> ten = Geometry.TenCrop(30);
        for (int i = 0; i < 10; i++) Same($"ten {i}", ten[i]);
        Same("centre 20 in 24", Geometry.CentreCrop(20));

        void Same(string name, Geometry geometry) => Assert.Equal(
            PictureGolden.Pixels(name, file), PictureGolden.Rgb(picture.Show(geometry.Place(picture.Size, new(24, 24), default), exact: true)));
    }

    /// <summary>
    /// A view of a quarter of the resolution or less comes from a file that is decoded at a half or less: the decoder's transform
    /// takes the mean of 2 × 2 pixels where the filter would have weighed them. On noise, the worst that a picture can be, pixels
    /// differ by two levels of 256; the mean stays.
    /// </summary>
    [Fact]
    public void Decoding_at_a_reduced_scale_is_near()
    {
        Picture picture = PictureGolden.Load("large.jpg");
        PictureView view = new(new(30, 20, 260, 200), new(48, 48), new(0, 0, 48, 48), Mirror: false);
        byte[] expected = PictureGolden.Pixels("part 48 of half", "large.jpg");
        byte[] reduced = PictureGolden.Rgb(picture.Show(view, exact: false));
        Assert.NotEqual(expected, reduced);
        double[] differences = [.. expected.Zip(reduced, static (a, b) => (double)b - a)];
        Assert.InRange(differences.Average(), -0.5, 0.5);
        Assert.InRange(differences.Average(Math.Abs), 0, 2);
        Assert.InRange(differences.Max(Math.Abs), 0, 16);

        // The same picture, asked for exactly, is decoded again.
        Assert.Equal(expected, PictureGolden.Rgb(picture.Show(view, exact: true)));
    }

    /// <summary>Bytes too many between segments are warned of and harm nothing, as long as the file has its end.</summary>
    [Fact]
    public void Bytes_too_many_harm_nothing()
    {
        Picture picture = new();
        picture.SetEncoded(PictureFiles.WithBytesBetween(File.ReadAllBytes(Path.Combine(PictureGolden.Folder, "420.jpg"))), "more.jpg");
        Assert.Equal(PictureGolden.Pixels("whole", "420.jpg"), PictureGolden.Rgb(picture.ShowWhole()));
    }

    /// <summary>The end of a small picture in front (segment E1) is not the picture's own.</summary>
    [Theory]
    [InlineData("FFD8 FFE1 0008 FFDA FFD9 0000 FFDA 0002 11 FFD9", true)]
    [InlineData("FFD8 FFE1 0008 FFDA FFD9 0000 FFDA 0002 11 FF00 D9", false)]
    [InlineData("FFD8 FFE1 0008 FFDA FFD9 0000 0102 FFFFDA 0002 FFD9", true)]
    [InlineData("FFD8 FFE1 0008 FFDA FFD9 0000", false)]
    [InlineData("FFD8 FFE1 FFFF FFDA FFD9", false)]
    [InlineData("FFD8 FFDA FF", false)]
    [InlineData("FFD8 FF", false)]
    public void The_end_of_a_file_is_looked_for_behind_its_first_pixels(string bytes, bool has) =>
        Assert.Equal(has, JpegHeader.HasEnd(Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal))));

    /// <summary>
    /// torchvision's rule for the centre (functional.center_crop), of the picture and of the mirrored picture, wherever the room
    /// is odd: what lies outside is padded, half of it, rounded down, on the left; else the half is rounded to the even number.
    /// </summary>
    [Fact]
    public void The_centre_of_a_mirrored_picture_is_torchvisions()
    {
        const int Side = 24;
        for (int width = Side - 7; width <= Side + 9; width++)
        {
            // Each column has a colour of its own, above 0, which is what lies outside.
            byte[] row = [.. Enumerable.Range(1, width).Select(static x => (byte)x)];
            Picture picture = new();
            picture.SetPixels(Enumerable.Repeat(row, 3 * Side * 2).SelectMany(static each => each).ToArray(), new(3, Side * 2, width));
            int shorter = Math.Min(width, Side * 2);
            Assert.Equal(Centre(row), Shown(Geometry.CentreCrop(shorter)));
            Assert.Equal(Centre([.. row.Reverse()]), Shown(Geometry.TenCrop(shorter)[9]));

            byte[] Shown(Geometry geometry) =>
                [.. picture.Show(geometry.Place(picture.Size, new(Side, Side), default), exact: true)[..Side].ToArray().Select(static pixel => (byte)pixel)];
        }

        static byte[] Centre(byte[] row)
        {
            int missing = Math.Max(0, Side - row.Length);
            byte[] padded = [.. new byte[missing / 2], .. row, .. new byte[(missing + 1) / 2]];
            int left = (int)Math.Round((padded.Length - Side) / 2.0, MidpointRounding.ToEven);
            return padded[left..(left + Side)];
        }
    }

    /// <summary>A picture as thin as a hair is small, and large once its shorter side is 640.</summary>
    [Fact]
    public void Views_beyond_all_memory_are_refused()
    {
        Picture picture = new();
        picture.SetPixels(new byte[3 * 400_000], new(3, 1, 400_000));
        BadInputException e = Assert.Throws<BadInputException>(() => _ = picture.Show(Geometry.Resize(640).Place(picture.Size, default, default), exact: true).Length);
        Assert.Contains("has 400000×1 pixels and would be shown at 256000000×640", e.Message, StringComparison.Ordinal);
    }

    /// <summary>The same of a file, whose name is said before memory is taken: at these sizes there is none.</summary>
    [Theory]
    [InlineData(10_000_000, 256, "would give it more than 2,147,483,647 on a side")]
    [InlineData(10_000_000, 200, "would be shown at 2000000000×200")]
    public void A_file_that_is_enlarged_beyond_all_memory_is_named(int width, int shorter, string says)
    {
        using TestFolder folder = new();
        string file = Path.Combine(folder.Path, "a", "thin.png");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        Samples.ImageNet.PngFile.Write(file, new byte[3 * width], width, 1);
        FolderSplit split = FolderSplit.Open("test", folder.Path, new(3, 24, 24));
        PictureRenderer renderer = new(split, Normalization.Measure(NormalizationKind.ImageNet, split));
        BadInputException e = Assert.Throws<BadInputException>(() => renderer.Render(0, Geometry.Resize(shorter)));
        Assert.StartsWith($"{file} has {width}×1 pixels", e.Message, StringComparison.Ordinal);
        Assert.Contains(says, e.Message, StringComparison.Ordinal);
    }

    /// <summary>Without the library a reader says what to install; it is looked for once.</summary>
    [Fact]
    public void A_missing_library_is_named_with_its_package()
    {
        ImageLibraries.Library none = new("libnothing, which reads nothing,", "libnothing0", "nothing", ["libresnetgen-nothing.so.0"]);
        BadInputException e = Assert.Throws<BadInputException>(() => none.Require("a/b.jpg"));
        Assert.Contains("a/b.jpg cannot be read: libnothing, which reads nothing, is not installed", e.Message, StringComparison.Ordinal);
        Assert.Contains("libresnetgen-nothing.so.0", e.Message, StringComparison.Ordinal);
        Assert.Contains("apt-get install libnothing0", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Mirrored_views_are_mirrored()
    {
        Picture picture = PictureGolden.Load("420.jpg");
        uint[] plain = picture.ShowWhole().ToArray();
        uint[] mirrored = picture.Show(new(PixelBox.Whole(picture.Size), picture.Size, PixelBox.Whole(picture.Size), Mirror: true), exact: true).ToArray();
        Assert.Equal(plain.Chunk(picture.Size.Width).SelectMany(Enumerable.Reverse), mirrored);
    }
}
