namespace ResNetGen.Data;

/// <summary>
/// AlexNet's colour noise (Krizhevsky et al. 2012, section 4.1): a constant is added to all pixels of a picture, along the
/// principal components of ImageNet's colours, each in proportion to its eigenvalue and a number drawn from a normal
/// distribution. The eigenvalues and eigenvectors are fb.resnet.torch's (datasets/imagenet.lua), on the scale 0 … 1.
/// </summary>
internal static class PcaNoise
{
    private static readonly double[] EigenValues = [0.2175, 0.0188, 0.0045];

    /// <summary>One eigenvector a column.</summary>
    private static readonly double[,] EigenVectors =
    {
        { -0.5675, 0.7192, 0.4009 },
        { -0.5808, -0.0045, -0.8140 },
        { -0.5836, -0.6948, 0.4203 },
    };

    /// <summary>What is added to red, green and blue on the scale 0 … 255.</summary>
    public static (double Red, double Green, double Blue) Draw(SequenceRandom random, double deviation)
    {
        Span<double> along = stackalloc double[3];
        for (int i = 0; i < 3; i++) along[i] = random.Normal() * deviation * EigenValues[i] * 255;
        return (Sum(0, along), Sum(1, along), Sum(2, along));
    }

    private static double Sum(int channel, ReadOnlySpan<double> along) =>
        EigenVectors[channel, 0] * along[0] + EigenVectors[channel, 1] * along[1] + EigenVectors[channel, 2] * along[2];
}
