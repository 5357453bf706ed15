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
