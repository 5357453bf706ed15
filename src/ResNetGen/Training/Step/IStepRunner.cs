using static TorchSharp.torch;

namespace ResNetGen.Training;

/// <summary>Makes steps: operation by operation (<see cref="TrainingStep"/>), or recorded once and replayed (<see cref="CapturedStep"/>).</summary>
internal interface IStepRunner : IDisposable
{
    /// <summary>Learns from pictures, [N, C, H, W], and labels, [N]; both may be disposed afterwards.</summary>
    /// <param name="images">The pictures.</param>
    /// <param name="labels">Their labels.</param>
    /// <param name="iteration">Iterations already done.</param>
    /// <param name="rate">The learning rate of this step.</param>
    /// <param name="metrics">Gets loss and errors.</param>
    /// <exception cref="NotFiniteException">The loss or a gradient is not finite; no parameter was changed.</exception>
    void Run(Tensor images, Tensor labels, long iteration, double rate, RunningMetrics metrics);

    /// <summary>
    /// To be called before anything of the steps so far is shown, evaluated or saved: a runner that does not wait at each step waits
    /// here, and says which step was not finite.
    /// </summary>
    /// <exception cref="NotFiniteException">As <see cref="Run"/>'s; since that step no parameter was changed.</exception>
    void Settle(RunningMetrics metrics);
}
