using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Training;

/// <summary>The tensors that a recorded step reads its batch from, whatever the batch: pictures already mixed, with their targets.</summary>
internal sealed class StepSlots : IDisposable
{
    private readonly Recipe _recipe;
    private readonly long _classes;

    /// <param name="images">A batch like those to come.</param>
    /// <param name="labels">Its labels.</param>
    /// <param name="mixes">Whether it is mixed, and so has weights for targets.</param>
    /// <param name="recipe">How it is mixed.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="device">Where the step computes.</param>
    public StepSlots(Tensor images, Tensor labels, bool mixes, Recipe recipe, long classes, Device device)
    {
        _recipe = recipe;
        _classes = classes;
        using IDisposable guard = no_grad();
        Images = empty_like(images, device: device).DetachFromDisposeScope();
        Labels = empty_like(labels, device: device).DetachFromDisposeScope();
        Soft = mixes ? empty(labels.size(0), classes, dtype: ScalarType.Float32, device: device).DetachFromDisposeScope() : null;
    }

    /// <summary>[N, C, H, W].</summary>
    public Tensor Images { get; }

    /// <summary>The labels that errors are counted by, [N].</summary>
    public Tensor Labels { get; }

    /// <summary>The targets as weights, [N, classes]; null where nothing is mixed.</summary>
    public Tensor? Soft { get; }

    /// <summary>Takes a batch in.</summary>
    public void Fill(Tensor images, Tensor labels, MixDraw mix)
    {
        using IDisposable guard = no_grad();
        if (Soft is null)
        {
            _ = Images.copy_(images, true);
            _ = Labels.copy_(labels, true);
            return;
        }

        using DisposeScope scope = NewDisposeScope();
        Tensor own = images.to(Images.device);
        Targets targets = new(labels.to(Labels.device), _recipe.LabelSmoothing) { Others = labels.to(Labels.device).flip(0), Weight = mix.Weight };
        _ = Images.copy_(BatchMixer.Mix(own, own.flip(0), mix));
        _ = Soft.copy_(targets.Soft(_classes));
        _ = Labels.copy_(targets.Main);
    }

    /// <summary>The targets of a part of the batch.</summary>
    public Targets Targets(SubBatch part) => new(part.Take(Labels, Labels.device), _recipe.LabelSmoothing)
    {
        Prepared = Soft is null ? null : part.Take(Soft, Soft.device),
    };

    public void Dispose()
    {
        Images.Dispose();
        Labels.Dispose();
        Soft?.Dispose();
    }
}
