using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Native.Tests.BatchNorm;

/// <summary>Everything that a forward and a backward pass leave, by name.</summary>
internal sealed class Results
{
    private readonly SortedDictionary<string, Tensor> _values = new(StringComparer.Ordinal);

    internal Results(BatchNorm2d norm, Tensor y, Tensor x, Tensor? addend)
    {
        Add("y", y.detach());
        Add("dx", x.grad);
        Add("da", addend?.grad);
        Add("dweight", norm.weight is null ? null : norm.weight.grad);
        Add("dbias", norm.bias?.grad);
        Add("running_mean", norm.running_mean);
        Add("running_var", norm.running_var);
        Add("num_batches_tracked", norm.num_batches_tracked);
    }

    internal Tensor this[string name] => _values[name];

    /// <summary>Every value within relative · |expected| + relative · scale, the scale being the largest expected of its kind.</summary>
    /// <param name="expected">From torch's operations in float64.</param>
    /// <param name="map">For maps: y, dx and da, which are stored in the type of the case.</param>
    /// <param name="vector">For what belongs to channels, stored in the arithmetic type.</param>
    internal void AreClose(Results expected, double map, double vector)
    {
        Assert.Equal(expected._values.Keys, _values.Keys);
        foreach ((string name, Tensor value) in _values)
        {
            double tolerance = name is "y" or "dx" or "da" ? map : vector;
            Tensor exact = expected._values[name].to(float64), found = value.to(float64);
            Assert.Equal(exact.shape, found.shape);
            double scale = Math.Max(1, exact.abs().max().item<double>());
            double excess = ((found - exact).abs() - tolerance * exact.abs()).max().item<double>();
            Assert.True(excess <= tolerance * scale / 8, $"{name} is off by {excess:g3} beyond {tolerance:g3} of its value, where the largest is {scale:g3}");
        }
    }

    internal void AreSameBits(Results other)
    {
        Assert.Equal(other._values.Keys, _values.Keys);
        foreach ((string name, Tensor value) in _values) Assert.True(value.Equals(other._values[name]), name);
    }

    private void Add(string name, Tensor? value)
    {
        if (value is not null) _values.Add(name, value.clone());
    }
}
