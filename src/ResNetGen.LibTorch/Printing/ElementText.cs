using System.Globalization;
using System.Numerics;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>The elements of a tensor as text, by their place in row-major order.</summary>
internal sealed class ElementText : IDisposable
{
    private readonly Tensor _values;
    private readonly IDisposable _accessor;
    private readonly Func<long, string> _text;

    internal ElementText(Tensor tensor, string format, CultureInfo culture)
    {
        var type = tensor.dtype;
        using (no_grad())
        {
            using var here = tensor.cpu();
            using var detached = here.detach();
            using var wide = detached.to_type(Wide(type));
            _values = wide.contiguous().DetachFromDisposeScope();
        }
        (_accessor, _text) = Wide(type) switch
        {
            ScalarType.Bool => Of<bool>(value => value.ToString(culture)),
            ScalarType.Int64 => Of<long>(value => value.ToString(culture)),
            ScalarType.Float32 => Of<float>(value => value.ToString(format, culture)),
            ScalarType.Float64 => Of<double>(value => value.ToString(format, culture)),
            _ => Of<Complex>(value => OfComplex(value, single: type == ScalarType.ComplexFloat32, format, culture)),
        };
    }

    internal string this[long index] => _text(index);

    private (IDisposable, Func<long, string>) Of<T>(Func<T, string> format)
        where T : unmanaged
    {
        var accessor = _values.data<T>();
        return (accessor, index => format(accessor[index]));
    }

    private static ScalarType Wide(ScalarType type) => type switch
    {
        ScalarType.Bool => ScalarType.Bool,
        ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 => ScalarType.Float32,
        ScalarType.Float64 => ScalarType.Float64,
        ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64 => ScalarType.ComplexFloat64,
        _ => ScalarType.Int64,
    };

    private static string OfComplex(Complex value, bool single, string format, CultureInfo culture)
    {
        string Part(double part) => single ? ((float)part).ToString(format, culture) : part.ToString(format, culture);
        if (value.Imaginary == 0) return Part(value.Real);
        return (value.Real == 0 ? "" : Part(value.Real) + "+") + Part(value.Imaginary) + "i";
    }

    public void Dispose()
    {
        _accessor.Dispose();
        _values.Dispose();
    }
}
