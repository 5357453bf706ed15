using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace ResNetGen.Evaluation;

/// <summary>What is said of some pictures by their views and by several networks, averaged in doubles, in the order in which it comes.</summary>
/// <param name="classes">Number of classes.</param>
/// <param name="pictures">Number of pictures.</param>
/// <param name="voices">How often something is said of each: views times networks.</param>
/// <param name="average">What is averaged.</param>
internal sealed class ViewScores(int classes, int pictures, int voices, ScoreAverage average)
{
    // Of a single voice the logarithms are exact, whatever is averaged.
    private readonly bool _probabilities = voices > 1 && average == ScoreAverage.Probabilities;
    private readonly double[] _sums = new double[classes * pictures];

    /// <summary>Adds a network's scores.</summary>
    /// <param name="scores">[n, classes], Float32, before softmax.</param>
    /// <param name="owners">The picture of each row.</param>
    public void Add(Tensor scores, ReadOnlySpan<int> owners)
    {
        using Tensor exact = _probabilities ? scores.softmax(1, ScalarType.Float64) : scores.to(ScalarType.Float64);
        using Tensor near = exact.cpu();
        using Tensor rows = near.contiguous();
        ReadOnlySpan<double> values = MemoryMarshal.Cast<byte, double>(rows.bytes);
        for (int row = 0; row < owners.Length; row++)
        {
            Span<double> sum = Of(owners[row]);
            ReadOnlySpan<double> said = values.Slice(row * classes, classes);
            for (int i = 0; i < classes; i++)
            {
                sum[i] += said[i];
            }
        }
    }

    /// <summary>The logarithm of each class's probability for one picture; to be read once.</summary>
    public ReadOnlySpan<double> LogProbabilities(int picture)
    {
        Span<double> sum = Of(picture);
        double most = double.NegativeInfinity;
        foreach (ref double value in sum)
        {
            // The least probability that a double can hold in full: a loss stays a number.
            value = _probabilities ? Math.Log(Math.Max(value / voices, 2.2250738585072014e-308)) : value / voices;
            most = Math.Max(most, value);
        }

        if (!_probabilities)
        {
            double total = 0;
            foreach (double value in sum)
            {
                total += Math.Exp(value - most);
            }

            foreach (ref double value in sum)
            {
                value -= most + Math.Log(total);
            }
        }

        return sum;
    }

    private Span<double> Of(int picture) => _sums.AsSpan(picture * classes, classes);
}
