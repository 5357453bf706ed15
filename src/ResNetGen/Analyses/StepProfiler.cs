using System.Diagnostics;
using ResNetGen.Evaluation;
using ResNetGen.Native;
using ResNetGen.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Analyses;

/// <summary>
/// Says where the time of a training step, or of inference, goes: by layer in the network's own names, and by kind of work. On the CPU, where
/// an operation is done when it returns.
/// </summary>
public static class StepProfiler
{
    private const int WarmUp = 3;

    /// <summary>Whether steps can be profiled here; false with the official TorchSharp packages, whose operations cannot be recorded.</summary>
    public static bool IsAvailable => OperationRecorder.IsAvailable;

    /// <summary>
    /// Profiles the trainer's step: forward, loss, backward, check for finite values, update. The network is trained by it, on the same batch
    /// over and over; give it one that is not needed afterwards.
    /// </summary>
    /// <param name="network">The network, on the CPU.</param>
    /// <param name="images">Images, [N, C, H, W], fp32; they stay the caller's.</param>
    /// <param name="labels">Labels, [N], Int64.</param>
    /// <param name="recipe">What a step consists of: optimizer, loss, weight decay, smoothing, mixing.</param>
    /// <param name="precision">The arithmetic.</param>
    /// <param name="steps">Steps that are recorded, after some that warm up and as many that are timed only.</param>
    /// <exception cref="BadInputException">The tensors are not on the CPU.</exception>
    /// <exception cref="NotSupportedException">Operations cannot be recorded here; see <see cref="IsAvailable"/>.</exception>
    public static StepProfile Training(
        nn.Module<Tensor, Tensor> network, Tensor images, Tensor labels, Recipe recipe, Precision precision = Precision.Auto, int steps = 10)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(recipe);
        RequireCpu(network, images);
        ComputePlan plan = ComputePlan.Decide(ComputeDevice.Cpu, precision);
        using Tensor input = Prepare(network, plan.ChannelsLast, images);
        network.train();
        StepScopes.NamedLoss loss = new(recipe.Loss);
        using StepScopes.NamedOptimizer optimizer = new(
            recipe.Optimizer.Create(DecayGroups.Of(network, recipe.WeightDecayOn).Parameters(network, recipe.WeightDecay)));
        using RunningMetrics metrics = new(plan.TorchDevice);
        using TrainingStep step = new(network, optimizer, average: null, plan, recipe with { Loss = loss }, seed: 0);
        long iteration = 0;
        return Measure(
            network, "training step", images.size(0), plan.Description, steps,
            () => step.Run(input, labels, iteration++, recipe.Schedule.BaseRate, metrics),
            recorder => (loss.Recorder, optimizer.Recorder) = (recorder, recorder));
    }

    /// <summary>Profiles a forward pass in evaluation mode.</summary>
    /// <param name="network">The network, on the CPU; it is left in evaluation mode.</param>
    /// <param name="images">Images, [N, C, H, W], fp32; they stay the caller's.</param>
    /// <param name="precision">The arithmetic.</param>
    /// <param name="steps">Passes that are recorded, after some that warm up and as many that are timed only.</param>
    /// <inheritdoc cref="Training" path="/exception"/>
    public static StepProfile Inference(nn.Module<Tensor, Tensor> network, Tensor images, Precision precision = Precision.Auto, int steps = 10)
    {
        ArgumentNullException.ThrowIfNull(network);
        RequireCpu(network, images);
        ComputePlan plan = ComputePlan.Decide(ComputeDevice.Cpu, precision);
        Inference inference = Evaluation.Inference.Of(plan);
        using Tensor input = Prepare(network, inference.ChannelsLast, images);
        network.eval();
        using IDisposable guard = no_grad();
        return Measure(
            network, "inference", images.size(0), plan.Description, steps, () => inference.Run(network, input).Dispose(), static _ => { });
    }

    /// <summary>Profiles the runs of a plan, whose fused operations bear the names of the layers that they begin with.</summary>
    /// <param name="plan">The plan; it stays the caller's.</param>
    /// <param name="images">Images as the plan takes them, on the CPU; they stay the caller's.</param>
    /// <param name="steps">Runs that are recorded, after some that warm up and as many that are timed only.</param>
    /// <inheritdoc cref="Training" path="/exception"/>
    public static StepProfile Inference(InferencePlan plan, Tensor images, int steps = 10)
    {
        ArgumentNullException.ThrowIfNull(plan);
        RequireCpu(null, images);
        return Measure(null, "inference", images.size(0), plan.Description, steps, () => plan.Run(images).Dispose(), static _ => { });
    }

    private static StepProfile Measure(
        nn.Module<Tensor, Tensor>? network, string work, long batch, string compute, int steps, Action step, Action<OperationRecorder?> tell)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        for (int i = 0; i < WarmUp; i++)
        {
            step();
        }

        double unrecorded = Milliseconds(steps, step);
        using OperationRecorder recorder = OperationRecorder.Start(network is null ? [] : StepScopes.Parameters(network));
        using StepScopes scopes = new(network, recorder);
        tell(recorder);
        double recorded;
        try
        {
            recorded = Milliseconds(steps, () => scopes.Run(step));
        }
        finally
        {
            tell(null);
        }

        return new StepProfile
        {
            Network = network?.GetName() ?? "",
            Work = work,
            Batch = batch,
            Compute = compute,
            Steps = steps,
            Milliseconds = recorded,
            UnrecordedMilliseconds = unrecorded,
            Shares = StepTree.Shares(recorder.Read(), steps),
        };
    }

    private static double Milliseconds(int steps, Action step)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < steps; i++)
        {
            step();
        }

        return Stopwatch.GetElapsedTime(start).TotalMilliseconds / steps;
    }

    private static Tensor Prepare(nn.Module network, bool channelsLast, Tensor images)
    {
        if (!channelsLast)
        {
            return images.alias();
        }

        MemoryFormat.ChannelsLast(network);
        return MemoryFormat.ChannelsLast(images);
    }

    private static void RequireCpu(nn.Module? network, Tensor images)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (images.device.type != DeviceType.CPU || network?.parameters().Any(static parameter => parameter.device.type != DeviceType.CPU) == true)
        {
            throw new BadInputException(
                $"Steps are profiled on the CPU; the images are on {images.device}. On CUDA operations only queue work: use NVIDIA's nsys there, or move network and images with cpu().");
        }
    }
}
