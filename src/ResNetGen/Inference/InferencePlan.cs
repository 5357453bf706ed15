using ResNetGen.Architecture;
using ResNetGen.Planning;
using static TorchSharp.torch;

namespace ResNetGen;

/// <summary>
/// A network made ready to run fast: normalisations folded into convolutions, additions and activations done by the convolutions before
/// them, weights packed as the processor likes best, all feature maps in one block of memory. Made by
/// <see cref="NetworkInference.PrepareInference{TNetwork}(TNetwork, InferenceOptions?)"/>.
/// </summary>
/// <remarks>
/// A plan has copied the weights: what happens to the network afterwards, training or disposal, does not show. Runs on several threads
/// wait for each other.
/// </remarks>
public sealed class InferencePlan : IDisposable
{
    private readonly Lock _running = new();
    private readonly NetworkArchitecture _architecture;
    private readonly IPlanRunner _runner;
    private bool _disposed;

    internal InferencePlan(NetworkArchitecture architecture, IPlanRunner runner, int batchSize, string arithmetic)
    {
        _architecture = architecture;
        _runner = runner;
        BatchSize = batchSize;
        Description = $"{architecture.Name}, at most {batchSize} image{(batchSize == 1 ? "" : "s")}, {arithmetic}: {runner.Description}";
    }

    /// <summary>The most images of a run.</summary>
    public int BatchSize { get; }

    /// <summary>
    /// Whether it runs as fused kernels (oneDNN) over planned memory. Otherwise it runs as TorchSharp's operations, with the same results but
    /// for rounding; <see cref="Description"/> says why.
    /// </summary>
    public bool IsFused => _runner.IsFused;

    /// <summary>What was planned, for people.</summary>
    public string Description { get; }

    /// <summary>The way that operations run, for tests.</summary>
    internal IPlanRunner Runner => _runner;

    /// <summary>What the network gives for images: in evaluation mode, without gradients.</summary>
    /// <param name="images">[n, C, H, W] with n from 1 to <see cref="BatchSize"/>, of any floating-point type and layout; they stay the caller's.</param>
    /// <returns>The logits [n, classes], or the last map [n, C, H, W] of a network without a head; float32 and the caller's own.</returns>
    /// <exception cref="ArgumentException">The images are of another shape, or too many.</exception>
    /// <exception cref="ObjectDisposedException">The plan has been disposed.</exception>
    public Tensor Run(Tensor images)
    {
        ArgumentNullException.ThrowIfNull(images);
        Shape input = _architecture.Input;
        long[] shape = images.shape;
        if (shape.Length != 4 || shape[1] != input.Channels || shape[2] != input.Height || shape[3] != input.Width)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"{_architecture.Name} takes [N, {input.Channels}, {input.Height}, {input.Width}], got [{string.Join(", ", shape)}]."), nameof(images));
        }

        if (shape[0] < 1 || shape[0] > BatchSize)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"This plan of {_architecture.Name} takes 1 to {BatchSize} images, got {shape[0]}. Prepare one with InferenceOptions.BatchSize = {Math.Max(1, shape[0])}, or run them in parts."), nameof(images));
        }

        lock (_running)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _runner.Run(images);
        }
    }

    /// <summary>Gives weights and memory back, after a run that is under way.</summary>
    public void Dispose()
    {
        lock (_running)
        {
            if (_disposed)
                return;

            _disposed = true;
            _runner.Dispose();
        }
    }
}
