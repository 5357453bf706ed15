using System.Globalization;
using System.Text.Json;
using ResNetGen.Data;

namespace ResNetGen.Tests.Data;

public class AugmentationTests
{
    public static TheoryData<string, double> Operations
    {
        get
        {
            TheoryData<string, double> all = [];
            foreach (PixelOperation operation in PixelOperation.All)
            {
                all.Add(operation.Name, 1);
                all.Add(operation.Name, -1);
            }
            return all;
        }
    }

    /// <summary>Each of RandAugment's operations at level 0.6, to the bit as Pillow does it.</summary>
    [Theory]
    [MemberData(nameof(Operations))]
    public void Operations_are_Pillows(string name, double sign)
    {
        PictureSize size = PictureGolden.Case("small", "operations").Size;
        uint[] pixels = PictureGolden.Packed("small", "operations");
        PixelOperation.All.Single(operation => operation.Name == name).Apply(pixels, size, 0.6, sign);
        Assert.Equal(PictureGolden.Pixels($"{name} {(sign > 0 ? "+" : "-")}", "operations"), PictureGolden.Rgb(pixels));
    }

    /// <summary>Brightness 1.3, then saturation 0.7, then contrast 1.2, by numpy from fb.resnet.torch's definitions.</summary>
    [Fact]
    public void Colour_jitter_is_numpys()
    {
        byte[][] planes = Planes(PictureGolden.Pixels("small", "operations"));
        ColourTransform transform = ColourJitter.Compose([0, 2, 1], [1.3, 0.7, 1.2], (ColourKernels.Mean(planes[0]), ColourKernels.Mean(planes[1]), ColourKernels.Mean(planes[2])));
        float[] golden = PictureGolden.Floats("jitter", "operations");
        for (int channel = 0; channel < 3; channel++)
        {
            float[] output = new float[planes[0].Length];
            ColourKernels.Apply(planes[0], planes[1], planes[2], transform[channel], output);
            for (int i = 0; i < output.Length; i++) Assert.Equal(golden[i * 3 + channel], output[i], 1e-3f);
        }
    }

    /// <summary>The noise's covariance is the eigenvectors' and eigenvalues', times 0.1² · 255².</summary>
    [Fact]
    public void Pca_noise_has_the_covariance_of_the_eigenvectors()
    {
        double[,] sums = new double[3, 3];
        const int Draws = 40_000;
        for (int i = 0; i < Draws; i++)
        {
            (double r, double g, double b) = PcaNoise.Draw(new PictureDraw(3, 0, i).Sequence(CounterRandom.Stream.AugmentPca), 0.1);
            double[] drawn = [r, g, b];
            for (int j = 0; j < 3; j++)
                for (int k = 0; k < 3; k++) sums[j, k] += drawn[j] * drawn[k] / Draws;
        }
        // Σ λ² v vᵀ · (0.1 · 255)² by numpy, from fb.resnet.torch's numbers.
        double[,] expected = { { 10.028, 10.134, 10.075 }, { 10.134, 10.385, 10.423 }, { 10.075, 10.423, 10.590 } };
        for (int j = 0; j < 3; j++)
            for (int k = 0; k < 3; k++) Assert.InRange(sums[j, k], expected[j, k] * 0.96, expected[j, k] * 1.04);
    }

    /// <summary>20,000 crops of 500 × 375 have the mean and deviation of torchvision's 20,000.</summary>
    [Fact]
    public void Random_resized_crops_are_distributed_as_torchvisions()
    {
        Geometry geometry = Geometry.RandomResizedCrop();
        PixelBox[] boxes = [.. Enumerable.Range(0, 20_000).Select(i => geometry.Place(new(500, 375), new(224, 224), new PictureDraw(5, 0, i)).Region)];
        Compare("top", static box => box.Top);
        Compare("left", static box => box.Left);
        Compare("height", static box => box.Height);
        Compare("width", static box => box.Width);

        void Compare(string name, Func<PixelBox, int> value)
        {
            JsonElement moments = PictureGolden.Json.GetProperty("moments").GetProperty(name);
            (double mean, double deviation) = (moments[0].GetDouble(), moments[1].GetDouble());
            double ours = boxes.Average(box => (double)value(box));
            // Five standard errors of the difference of two means.
            Assert.InRange(ours, mean - 5 * deviation / 100, mean + 5 * deviation / 100);
            Assert.InRange(Math.Sqrt(boxes.Average(box => Math.Pow(value(box) - ours, 2))), deviation * 0.97, deviation * 1.03);
        }
    }

    /// <summary>Where no try fits, torchvision takes the largest allowed part in the middle.</summary>
    [Theory]
    [InlineData(1000, 20)]
    [InlineData(20, 1000)]
    [InlineData(40, 30)]
    public void Extreme_pictures_are_cropped_in_the_middle(int width, int height)
    {
        JsonElement expected = PictureGolden.Json.GetProperty("extremes").GetProperty(string.Create(CultureInfo.InvariantCulture, $"{width}x{height}"));
        PixelBox box = Geometry.RandomResizedCrop(1, 1).Place(new(width, height), new(224, 224), new PictureDraw(1, 0, 0)).Region;
        Assert.Equal((expected[0].GetInt32(), expected[1].GetInt32(), expected[2].GetInt32(), expected[3].GetInt32()), (box.Top, box.Left, box.Height, box.Width));
    }

    /// <summary>arXiv 1512.03385, section 3.4: every length from 256 to 480 comes as often, and the crop lies anywhere inside.</summary>
    [Fact]
    public void Scale_augmentation_draws_every_length_and_stays_inside()
    {
        Geometry geometry = Geometry.RandomScaleAndCrop(256, 480);
        PictureView[] views = [.. Enumerable.Range(0, 20_000).Select(i => geometry.Place(new(500, 375), new(224, 224), new PictureDraw(5, 0, i)))];
        Assert.Equal(Enumerable.Range(256, 225), views.Select(static view => view.Scaled.Height).Distinct().Order());
        Assert.InRange(views.Average(static view => view.Scaled.Height), 368 - 3, 368 + 3);
        Assert.All(views, static view =>
        {
            Assert.Equal((int)(view.Scaled.Height * 500L / 375), view.Scaled.Width);
            Assert.InRange(view.Window.Left, 0, view.Scaled.Width - 224);
            Assert.InRange(view.Window.Top, 0, view.Scaled.Height - 224);
        });
        Assert.InRange(views.Average(static view => (double)view.Window.Left / (view.Scaled.Width - 224)), 0.48, 0.52);
    }

    [Fact]
    public void Descriptions_name_every_number()
    {
        Assert.Equal("none", Augmentation.None.Description);
        Assert.Equal("pad 4, random crop, flip", Augmentation.Cifar.Description);
        Assert.Equal("shorter side 256 to 480, random crop, flip, PCA colour 0.1", Augmentation.He2015ImageNet.Description);
        Assert.Equal("random resized crop, area 0.08 to 1, ratio 0.75 to 1.3333333333333333 of 160, flip, RandAugment 2 operations, magnitude 6 ± 0.5", Augmentation.StrikesBackA3.Description);
        Assert.Contains("brightness 0.4, contrast 0.4, saturation 0.4", Augmentation.FbImageNet.Description, StringComparison.Ordinal);
    }

    private static byte[][] Planes(byte[] pixels) => [.. Enumerable.Range(0, 3).Select(channel => pixels.Where((_, i) => i % 3 == channel).ToArray())];
}
