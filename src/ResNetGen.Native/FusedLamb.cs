using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Native;

/// <summary>
/// LAMB (You et al. 2019, algorithm 2) in one native call: moments and the norms of the trust ratios in a first pass over all
/// parameters, the update in a second. Norms are summed in double, in an order that no number of threads changes.
/// </summary>
/// <remarks>Weights, means and squares lie in flat storage (<see cref="FlatStorage"/>). Parameters with no decay take Adam's step as it is.</remarks>
public sealed class FusedLamb : IDisposable
{
    private readonly ParameterHandles _parameters;
    private readonly double[] _decay;
    private readonly double _beta1;
    private readonly double _beta2;
    private readonly double _epsilon;
    private readonly Tensor[] _means;
    private readonly Tensor[] _squares;

    /// <summary>Takes parameters in; they are moved into flat storage.</summary>
    /// <param name="parameters">The parameters with their names.</param>
    /// <param name="weightDecay">The decay of each.</param>
    /// <param name="beta1">How much of the mean gradient is kept at a step.</param>
    /// <param name="beta2">How much of the mean square is kept.</param>
    /// <param name="epsilon">Added to the root of the mean square.</param>
    /// <exception cref="NotSupportedException">The native library is not here; see <see cref="IsAvailable"/>.</exception>
    public FusedLamb(
        IReadOnlyList<(string Name, Parameter Parameter)> parameters, IReadOnlyList<double> weightDecay, double beta1, double beta2, double epsilon)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(weightDecay);
        ArgumentOutOfRangeException.ThrowIfNotEqual(weightDecay.Count, parameters.Count);
        if (!IsAvailable)
            throw new NotSupportedException("The fused LAMB needs ResNetGen's native library, which was not found; build with a libtorch (TorchProvider=LibTorch).");
        FlatStorage.Lay(parameters.Select(static p => p.Parameter));
        _parameters = new ParameterHandles(parameters);
        _decay = [.. weightDecay];
        (_beta1, _beta2, _epsilon) = (beta1, beta2, epsilon);
        _means = _parameters.Like();
        _squares = _parameters.Like();
    }

    /// <summary>Whether the native library is here.</summary>
    public static bool IsAvailable => NativeMethods.IsAvailable;

    /// <summary>The means of the gradients, in the parameters' order; its own tensors.</summary>
    public IReadOnlyList<Tensor> Means => _means;

    /// <summary>The means of their squares, in the parameters' order; its own tensors.</summary>
    public IReadOnlyList<Tensor> Squares => _squares;

    /// <summary>Changes every parameter that has a gradient.</summary>
    /// <param name="rate">The learning rate.</param>
    /// <param name="step">Which step it is, from 1.</param>
    /// <param name="condition">What the device knows; the rate is the number that is given.</param>
    /// <exception cref="InvalidOperationException">A parameter was disposed since.</exception>
    public void Step(double rate, long step, StepCondition condition = default)
    {
        int status = NativeMethods.rn_lamb(_parameters.Get(), ParameterHandles.Of(_means), ParameterHandles.Of(_squares), _decay, _parameters.Count,
            rate, _beta1, _beta2, _epsilon, step, condition.ScaleHandle, condition.NotFiniteHandle);
        condition.KeepAlive();
        GC.KeepAlive(_parameters);
        if (status != 0) throw NativeMethods.Error();
    }

    /// <summary>Frees means and squares; the parameters are not its own.</summary>
    public void Dispose()
    {
        foreach (Tensor tensor in _means) tensor.Dispose();
        foreach (Tensor tensor in _squares) tensor.Dispose();
    }
}
