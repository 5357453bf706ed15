using ResNetGen.Native;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Training;

/// <summary>A running optimizer: changes parameters by their gradients, and can put down and take up what it remembers.</summary>
public abstract class ParameterOptimizer : IDisposable
{
    /// <summary>Changes every parameter that has a gradient. Reads nothing back from the device.</summary>
    /// <param name="rate">The learning rate of this step.</param>
    public abstract void Step(double rate);

    /// <summary>
    /// What it remembers, by the parameter's name and its own, such as <c>conv1.weight.momentum_buffer</c>; its own tensors, not
    /// copies. Parameters without a step yet may have none.
    /// </summary>
    public abstract IReadOnlyDictionary<string, Tensor> Capture();

    /// <summary>Takes up copies of what <see cref="Capture"/> gave.</summary>
    /// <param name="saved">The tensors, on any device.</param>
    /// <exception cref="FormatException">One is missing or has another shape; the message names it.</exception>
    public abstract void Restore(IReadOnlyDictionary<string, Tensor> saved);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees its tensors; the parameters are not its own.</summary>
    /// <param name="disposing">Whether it is called by <see cref="Dispose()"/>.</param>
    protected abstract void Dispose(bool disposing);

    /// <summary>Whether its step takes conditions; the gradients of one that does not are scaled before it.</summary>
    internal virtual bool TakesConditions => false;

    /// <summary>A step under conditions that the device knows.</summary>
    /// <param name="rate">The learning rate of this step.</param>
    /// <param name="condition">The conditions.</param>
    internal virtual void Step(double rate, StepCondition condition) => throw new NotSupportedException($"{GetType().Name} takes no conditions.");

    /// <summary>Whether a captured graph can hold its step: <see cref="SetRate"/> before each replay, <see cref="Apply"/> within.</summary>
    internal virtual bool CanCapture => false;

    /// <summary>Puts the learning rate of the steps that follow where <see cref="Apply"/> finds it on the device.</summary>
    /// <param name="rate">The learning rate.</param>
    internal virtual void SetRate(double rate) => throw new NotSupportedException($"{GetType().Name} takes its rate as a number.");

    /// <summary>A step in which no number of this side changes from one to the next, that waits for nothing.</summary>
    /// <param name="condition">The conditions.</param>
    internal virtual void Apply(StepCondition condition) => throw new NotSupportedException($"{GetType().Name} cannot be captured.");

    /// <summary>A saved tensor's values, laid out and placed as the parameter is; in no dispose scope.</summary>
    private protected static Tensor CopyLike(Parameter parameter, string name, Tensor saved)
    {
        RequireShape(parameter, name, saved);
        using IDisposable guard = no_grad();
        return empty_like(parameter).copy_(saved).DetachFromDisposeScope();
    }

    internal static void RequireShape(Parameter parameter, string name, Tensor saved)
    {
        if (!saved.shape.SequenceEqual(parameter.shape))
        {
            throw new FormatException(
                $"Its optimizer's \"{name}\" has shape [{string.Join(", ", saved.shape)}]; expected [{string.Join(", ", parameter.shape)}].");
        }
    }
}
