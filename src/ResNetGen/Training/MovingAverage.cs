using ResNetGen.Native;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Training;

/// <summary>
/// The moving average of a network's parameters, average = decay · average + (1 − decay) · parameter after each step. Buffers
/// (BatchNorm's running statistics) are averages already: with the averaged parameters those of the network are used.
/// </summary>
internal sealed class MovingAverage : IDisposable
{
    private readonly double _decay;
    private readonly FusedAverage? _fused;
    private readonly (string Name, Parameter Parameter, Tensor Average)[] _entries;

    /// <param name="network">The network as it is now: the first average.</param>
    /// <param name="decay">How much of the average is kept at a step.</param>
    public MovingAverage(nn.Module network, double decay) : this(network, decay, FusedAverage.IsAvailable)
    {
    }

    internal MovingAverage(nn.Module network, double decay, bool fused)
    {
        (string Name, Parameter Parameter)[] parameters = [.. network.named_parameters().Select(static p => (p.name, p.parameter))];
        _decay = decay;
        _fused = fused ? new FusedAverage(parameters) : null;
        using IDisposable guard = no_grad();
        _entries = _fused is null
            ? [.. parameters.Select(static p => (p.Name, p.Parameter, p.Parameter.detach().clone().DetachFromDisposeScope()))]
            : [.. parameters.Select((p, i) => (p.Name, p.Parameter, _fused.Averages[i]))];
    }

    /// <summary>Takes in the parameters after a step.</summary>
    /// <param name="condition">Where it says that a value of the step was not finite, nothing is taken in.</param>
    public void Update(StepCondition condition = default)
    {
        if (_fused is not null)
        {
            _fused.Update(_decay, condition);
            return;
        }

        using IDisposable guard = no_grad();
        foreach ((_, Parameter parameter, Tensor average) in _entries)
        {
            average.mul_(_decay).add_(parameter, alpha: 1 - _decay);
        }
    }

    /// <summary>Puts the averages into the network until the result is disposed; the parameters come back bit for bit.</summary>
    public IDisposable PutIn() => new Exchange(this);

    /// <summary>The averages, by the names of the parameters; its own tensors, not copies.</summary>
    public IReadOnlyDictionary<string, Tensor> Capture() =>
        _entries.ToDictionary(static entry => entry.Name, static entry => entry.Average, StringComparer.Ordinal);

    /// <summary>Takes up copies of what <see cref="Capture"/> gave.</summary>
    /// <exception cref="FormatException">One is missing or has another shape; the message names it.</exception>
    public void Restore(IReadOnlyDictionary<string, Tensor> saved)
    {
        using IDisposable guard = no_grad();
        foreach ((string name, _, Tensor average) in _entries)
        {
            if (!saved.TryGetValue(name, out Tensor? tensor) || !tensor.shape.SequenceEqual(average.shape))
            {
                throw new FormatException($"Its average of \"{name}\" is missing or has another shape.");
            }

            average.copy_(tensor);
        }
    }

    public void Dispose()
    {
        _fused?.Dispose();
        foreach ((_, _, Tensor average) in _entries)
        {
            average.Dispose();
        }
    }

    private sealed class Exchange : IDisposable
    {
        private readonly (Parameter Parameter, Tensor Own)[] _own;

        public Exchange(MovingAverage average)
        {
            using IDisposable guard = no_grad();
            _own = [.. average._entries.Select(static e => (e.Parameter, e.Parameter.detach().clone().DetachFromDisposeScope()))];
            foreach ((_, Parameter parameter, Tensor tensor) in average._entries)
            {
                parameter.copy_(tensor);
            }
        }

        public void Dispose()
        {
            using IDisposable guard = no_grad();
            foreach ((Parameter parameter, Tensor own) in _own)
            {
                parameter.copy_(own);
                own.Dispose();
            }
        }
    }
}
