using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Analyses;

/// <summary>Mean and standard deviation of numbers that come in parts (Chan, Golub and LeVeque 1979): the same as of all at once.</summary>
internal sealed class Spread
{
    private double _count;
    private double _mean;
    private double _squares;

    /// <summary>The standard deviation of all numbers so far, their number as divisor.</summary>
    public double Deviation => Math.Sqrt(_squares / _count);

    /// <summary>Adds all elements of a tensor.</summary>
    public void Add(Tensor values)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor exact = values.to(ScalarType.Float64);
        double count = exact.numel();
        double mean = exact.mean().item<double>();
        double squares = exact.sub(mean).square().sum().item<double>();
        double total = _count + count;
        double away = mean - _mean;
        _squares += squares + (away * away * _count * count / total);
        _mean += away * count / total;
        _count = total;
    }
}
