using ResNetGen.Architecture;
using ResNetGen.Data;

namespace ResNetGen.Tests.Data;

public class KnownNormalizationTests
{
    [Fact]
    public void Published_numbers_are_on_the_scale_from_0_to_1()
    {
        double[] mean = [0.485, 0.456, 0.406], deviation = [0.229, 0.224, 0.225];
        Normalization published = Normalization.PerChannel(SmallPictures.Shape, mean, deviation);
        Assert.Equal(NormalizationKind.PerChannel, published.Kind);
        float[] found = new float[108];
        published.Apply(Enumerable.Repeat((byte)128, 108).ToArray(), found);
        for (int i = 0; i < 108; i++)
            Assert.Equal(((128 / 255.0) - mean[i / 36]) / deviation[i / 36], found[i], 1e-5);
    }

    /// <summary>640,000 squares of 255 are ten times what 32 bits hold.</summary>
    [Fact]
    public void Pictures_of_many_bright_pixels_are_measured_exactly()
    {
        byte[] pixels = new byte[2 * 800 * 800];
        pixels.AsSpan(800 * 800).Fill(255);
        Normalization measured = Normalization.Measure(
            NormalizationKind.PerChannel, new ImageSplit("bright", new Shape(1, 800, 800), 2, pixels, new[] { 0, 1 }));
        float[] found = new float[800 * 800];
        measured.Apply(pixels.AsSpan(800 * 800), found);
        Assert.All(found.Distinct(), value => Assert.Equal(1f, value));
    }

    [Theory]
    [InlineData(new[] { 0.5 }, new[] { 0.5 })]
    [InlineData(new[] { 0.5, 0.5, 0.5 }, new[] { 0.5, 0, 0.5 })]
    [InlineData(new[] { 0.5, double.NaN, 0.5 }, new[] { 0.5, 0.5, 0.5 })]
    public void Numbers_that_cannot_be_are_refused(double[] mean, double[] deviation) =>
        Assert.Throws<ArgumentException>(() => Normalization.PerChannel(SmallPictures.Shape, mean, deviation));

    [Theory]
    [InlineData(NormalizationKind.PerPixelMean)]
    [InlineData(NormalizationKind.ImageNet)]
    public void Nothing_is_measured_on_no_pictures(NormalizationKind kind)
    {
        BadInputException refused = Assert.Throws<BadInputException>(() => Normalization.Measure(kind, SmallPictures.Split(0)));
        Assert.Equal("The small split has no pictures; expected one at least to make a normalisation for. Give the pictures that are trained on.", refused.Message);
    }
}
