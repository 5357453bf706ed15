using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Native;

/// <summary>All gradients of a network taken together: their norm, whether they are finite, their length and their end.</summary>
/// <remarks>Results stay on the device; on the processor they are there when a call returns.</remarks>
public sealed class FusedGradients : IDisposable
{
    private readonly ParameterHandles _parameters;
    private readonly Tensor _squares;

    /// <summary>Takes parameters in.</summary>
    /// <param name="parameters">Parameters of one device, with their names.</param>
    /// <exception cref="NotSupportedException">The native library is not here; see <see cref="IsAvailable"/>.</exception>
    public FusedGradients(IReadOnlyList<(string Name, Parameter Parameter)> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (!IsAvailable)
            throw new NotSupportedException("Fused gradients need ResNetGen's native library, which was not found; build with a libtorch (TorchProvider=LibTorch).");
        _parameters = new ParameterHandles(parameters);
        Device device = parameters.Count > 0 ? parameters[0].Parameter.device : CPU;
        _squares = zeros(1, dtype: ScalarType.Float64, device: device).DetachFromDisposeScope();
        NotFinite = zeros(1, dtype: ScalarType.Float32, device: device).DetachFromDisposeScope();
    }

    /// <summary>Whether the native library is here.</summary>
    public static bool IsAvailable => NativeMethods.IsAvailable;

    /// <summary>1 where a gradient that was measured was not finite, else 0: float32, one number. Nothing sets it back to 0.</summary>
    public Tensor NotFinite { get; }

    /// <summary>Reads all gradients once: <see cref="NotFinite"/>, and what <see cref="Norm"/> is computed from.</summary>
    /// <exception cref="InvalidOperationException">A parameter was disposed since.</exception>
    public void Measure()
    {
        using IDisposable guard = no_grad();
        _squares.zero_();
        if (NativeMethods.rn_measure_gradients(_parameters.Get(), _parameters.Count, _squares.Handle, NotFinite.Handle) != 0) throw NativeMethods.Error();
        GC.KeepAlive(_parameters);
    }

    /// <summary>The length of all gradients as one vector, as they were measured: float64, one number. The sum is made in double.</summary>
    public Tensor Norm()
    {
        using IDisposable guard = no_grad();
        return _squares.sqrt();
    }

    /// <summary>Multiplies all gradients by a number.</summary>
    /// <param name="factor">Float32, one number on their device.</param>
    /// <exception cref="InvalidOperationException">A parameter was disposed since.</exception>
    public void Scale(Tensor factor)
    {
        ArgumentNullException.ThrowIfNull(factor);
        if (NativeMethods.rn_scale_gradients(_parameters.Get(), _parameters.Count, factor.Handle) != 0) throw NativeMethods.Error();
        GC.KeepAlive(_parameters);
        GC.KeepAlive(factor);
    }

    /// <summary>Gives all gradients back: parameters have none afterwards, and the next pass has their memory.</summary>
    /// <exception cref="InvalidOperationException">A parameter was disposed since.</exception>
    public void Clear()
    {
        if (NativeMethods.rn_clear_gradients(_parameters.Get(), _parameters.Count) != 0) throw NativeMethods.Error();
        GC.KeepAlive(_parameters);
    }

    /// <summary>The first parameter whose gradient is not finite, -1 where all are; waited for.</summary>
    /// <exception cref="InvalidOperationException">A parameter was disposed since.</exception>
    public int FirstNotFinite()
    {
        long first = NativeMethods.rn_first_gradient_not_finite(_parameters.Get(), _parameters.Count);
        GC.KeepAlive(_parameters);
        return first >= -1 ? (int)first : throw NativeMethods.Error();
    }

    /// <summary>Frees its two numbers; the parameters are not its own.</summary>
    public void Dispose()
    {
        _squares.Dispose();
        NotFinite.Dispose();
    }
}
