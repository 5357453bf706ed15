using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Training;

/// <summary>
/// The pictures of a step, and the batch whose reverse they are mixed with: the same one, or, for one of several processes, the part of
/// the joint batch that lies opposite to its own.
/// </summary>
/// <param name="Images">[N, C, H, W].</param>
/// <param name="Labels">[N].</param>
/// <param name="OtherImages">[N, C, H, W].</param>
/// <param name="OtherLabels">[N].</param>
internal readonly record struct StepPictures(Tensor Images, Tensor Labels, Tensor OtherImages, Tensor OtherLabels)
{
    /// <summary>Takes a batch apart; in the current dispose scope.</summary>
    /// <param name="images">The pictures, with their partners behind them where there are any.</param>
    /// <param name="labels">Their labels, likewise.</param>
    /// <param name="own">How many are the step's own.</param>
    public static StepPictures Of(Tensor images, Tensor labels, long own) => labels.size(0) == own
        ? new(images, labels, images, labels)
        : new(images.narrow(0, 0, own), labels.narrow(0, 0, own), images.narrow(0, own, own), labels.narrow(0, own, own));

    /// <summary>One part's pictures as the network gets them.</summary>
    public Tensor Input(SubBatch part, MixDraw mix, Device device)
    {
        Tensor input = part.Take(Images, device);
        return mix.Mixes ? BatchMixer.Mix(input, part.TakeReversed(OtherImages, device), mix) : input;
    }

    /// <summary>What they should be recognised as.</summary>
    public Targets Targets(SubBatch part, MixDraw mix, double smoothing, Device device)
    {
        Targets targets = new(part.Take(Labels, device), smoothing);
        return mix.Mixes ? targets with { Others = part.TakeReversed(OtherLabels, device), Weight = mix.Weight } : targets;
    }
}
