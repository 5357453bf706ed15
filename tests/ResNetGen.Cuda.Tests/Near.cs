using static TorchSharp.torch;

namespace ResNetGen.Cuda.Tests;

internal static class Near
{
    /// <summary>Every element within relative · |expected| + absolute.</summary>
    public static void All(Tensor expected, Tensor actual, double relative, double absolute, string what)
    {
        Assert.Equal(expected.shape, actual.shape);
        Tensor wanted = expected.detach().to(ScalarType.Float64).cpu();
        Tensor difference = actual.detach().to(ScalarType.Float64).cpu().sub(wanted).abs();
        double excess = difference.sub(wanted.abs().mul(relative)).max().item<double>();

        // Written so that a value that is no number fails.
        Assert.True(excess <= absolute, $"{what}: off by {excess:G3} more than {relative:G3} of the value; {absolute:G3} is allowed");
    }

    /// <summary>The same bits.</summary>
    public static void Same(Tensor expected, Tensor actual, string what) =>
        Assert.True(expected.cpu().eq(actual.cpu()).all().item<bool>(), $"{what} differs");
}
