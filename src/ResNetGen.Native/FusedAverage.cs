using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Native;

/// <summary>The moving average of parameters, average = decay · average + (1 − decay) · parameter, in one pass over all of them.</summary>
public sealed class FusedAverage : IDisposable
{
    private readonly ParameterHandles _parameters;
    private readonly Tensor[] _averages;

    /// <summary>Begins with the parameters as they are.</summary>
    /// <param name="parameters">The parameters with their names.</param>
    /// <exception cref="NotSupportedException">The native library is not here; see <see cref="IsAvailable"/>.</exception>
    public FusedAverage(IReadOnlyList<(string Name, Parameter Parameter)> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (!IsAvailable)
            throw new NotSupportedException("The fused average needs ResNetGen's native library, which was not found; build with a libtorch (TorchProvider=LibTorch).");
        _parameters = new ParameterHandles(parameters);
        _averages = _parameters.Like();
        using IDisposable guard = no_grad();
        for (int i = 0; i < _averages.Length; i++) _averages[i].copy_(_parameters[i]);
    }

    /// <summary>Whether the native library is here.</summary>
    public static bool IsAvailable => NativeMethods.IsAvailable;

    /// <summary>The averages, in the parameters' order; its own tensors.</summary>
    public IReadOnlyList<Tensor> Averages => _averages;

    /// <summary>Takes in the parameters as they are now.</summary>
    /// <param name="decay">How much of the average is kept.</param>
    /// <param name="condition">What the device knows; rate and scale say nothing here.</param>
    /// <exception cref="InvalidOperationException">A parameter was disposed since.</exception>
    public void Update(double decay, StepCondition condition = default)
    {
        int status = NativeMethods.rn_average(ParameterHandles.Of(_averages), _parameters.Get(), _parameters.Count, decay, condition.NotFiniteHandle);
        condition.KeepAlive();
        GC.KeepAlive(_parameters);
        if (status != 0) throw NativeMethods.Error();
    }

    /// <summary>Frees the averages; the parameters are not its own.</summary>
    public void Dispose()
    {
        foreach (Tensor average in _averages) average.Dispose();
    }
}
