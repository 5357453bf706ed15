using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Native;

/// <summary>
/// SGD as torch.optim.SGD computes it (dampening 0), one native call for all parameters: every element of weight, gradient and momentum
/// is read once and written once. On the processor its results are torch's to the last bit, for any number of threads.
/// </summary>
/// <remarks>
/// Weights and momentum lie in flat storage (<see cref="FlatStorage"/>); gradients are read where autograd left them, and parameters
/// without one are passed over. Parameters that are laid out anew afterwards are followed.
/// </remarks>
public sealed class FusedSgd : IDisposable
{
    private readonly ParameterHandles _parameters;
    private readonly double[] _decay;
    private readonly double _momentum;
    private readonly bool _nesterov;
    private readonly Tensor[] _momenta;
    private readonly byte[] _begun;

    /// <summary>Takes parameters in; they are moved into flat storage.</summary>
    /// <param name="parameters">The parameters with their names.</param>
    /// <param name="weightDecay">The decay of each.</param>
    /// <param name="momentum">The momentum; 0 keeps none.</param>
    /// <param name="nesterov">Whether the momentum looks ahead.</param>
    /// <exception cref="NotSupportedException">The native library is not here; see <see cref="IsAvailable"/>.</exception>
    public FusedSgd(
        IReadOnlyList<(string Name, Parameter Parameter)> parameters, IReadOnlyList<double> weightDecay, double momentum, bool nesterov)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(weightDecay);
        ArgumentOutOfRangeException.ThrowIfNotEqual(weightDecay.Count, parameters.Count);
        if (!IsAvailable)
            throw new NotSupportedException("The fused SGD needs ResNetGen's native library, which was not found; use torch.optim.SGD, or build with a libtorch (TorchProvider=LibTorch).");
        FlatStorage.Lay(parameters.Select(static p => p.Parameter));
        _parameters = new ParameterHandles(parameters);
        _decay = [.. weightDecay];
        _momentum = momentum;
        _nesterov = nesterov;
        _momenta = momentum == 0 ? [] : _parameters.Like();
        _begun = new byte[_parameters.Count];
    }

    /// <summary>Whether the native library is here.</summary>
    public static bool IsAvailable => NativeMethods.IsAvailable;

    /// <summary>
    /// Whether a step on an accelerator waits for nothing, so that a graph can hold it: its device has a kernel for it, not plain
    /// operations alone.
    /// </summary>
    public bool CanCapture => _parameters.Count > 0 && _parameters[0].device_type != TorchSharp.DeviceType.CPU
        && (NativeMethods.rn_own_kernels(_parameters[0].Handle) & 1) != 0;

    /// <summary>Changes every parameter that has a gradient.</summary>
    /// <param name="rate">The learning rate.</param>
    /// <param name="condition">What the device knows.</param>
    /// <exception cref="InvalidOperationException">A parameter was disposed since.</exception>
    public void Step(double rate, StepCondition condition = default)
    {
        int status = NativeMethods.rn_sgd(_parameters.Get(), ParameterHandles.Of(_momenta), _begun, _decay, _parameters.Count,
            rate, _momentum, _nesterov ? 1 : 0, condition.RateHandle, condition.ScaleHandle, condition.NotFiniteHandle);
        condition.KeepAlive();
        GC.KeepAlive(_parameters);
        if (status != 0) throw NativeMethods.Error();
    }

    /// <summary>A parameter's momentum, its own tensor; null before the first step with a gradient.</summary>
    /// <param name="index">The parameter's place in the list.</param>
    public Tensor? Momentum(int index) => _begun[index] != 0 ? _momenta[index] : null;

    /// <summary>Replaces a parameter's momentum by a copy of other values.</summary>
    /// <param name="index">The parameter's place in the list.</param>
    /// <param name="values">Of the parameter's shape, on any device; null as before the first step.</param>
    public void SetMomentum(int index, Tensor? values)
    {
        _begun[index] = 0;
        if (values is null || _momentum == 0) return;
        using IDisposable guard = no_grad();
        _momenta[index].copy_(values);
        _begun[index] = 1;
    }

    /// <summary>Frees the momentum; the parameters are not its own.</summary>
    public void Dispose()
    {
        foreach (Tensor momentum in _momenta) momentum.Dispose();
    }
}
