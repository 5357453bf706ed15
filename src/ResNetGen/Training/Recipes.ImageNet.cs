using ResNetGen.Data;
using ResNetGen.Evaluation;
using ResNetGen.Training;

namespace ResNetGen;

public static partial class Recipes
{
    /// <summary>
    /// The paper's ImageNet training (He et al. 2015, section 3.4): batches of 256, rate 0.1, a tenth of it whenever the error
    /// stands still, at most 600,000 iterations, momentum 0.9, weight decay 1e-4 on weights; shorter side 256 to 480, random crop,
    /// flip, per-pixel mean, AlexNet's colours; no dropout. The paper does not say when an error stands still: here it is when
    /// more than five evaluations (one an epoch) have not brought it down by a hundredth of itself. The authors used eight GPUs:
    /// ghost batches of 32.
    /// </summary>
    public static Recipe He2015ImageNet { get; } = new()
    {
        Name = "he2015-imagenet",
        Source = "He, Zhang, Ren, Sun: Deep Residual Learning for Image Recognition (2015), section 3.4; what counts as a plateau is ours",
        Length = TrainingLength.Iterations(600_000),
        Schedule = new Plateau(0.1, 0.1, Patience: 5, Threshold: 0.01),
        BatchSize = 256,
        RateBatchSize = 256,
        Augmentation = Augmentation.He2015ImageNet,
    };

    /// <summary>
    /// fb.resnet.torch's training: 90 epochs of batches of 256, rate 0.1, a tenth of it every 30 epochs, Nesterov momentum 0.9, weight
    /// decay 1e-4 on all parameters; random resized crop, flip, brightness, contrast and saturation, AlexNet's colours, channel
    /// means and deviations. Its README names what differs from the paper: the crop, the decay, the colours.
    /// </summary>
    public static Recipe FbImageNet90 { get; } = new()
    {
        Name = "fb-imagenet90",
        Source = "facebookarchive/fb.resnet.torch: opts.lua, train.lua, datasets/imagenet.lua",
        Length = TrainingLength.Epochs(90),
        Schedule = new EpochDecay(0.1, 0.1, Every: 30),
        BatchSize = 256,
        RateBatchSize = 256,
        Optimizer = new Sgd(0.9, Nesterov: true),
        WeightDecayOn = WeightDecayTarget.AllParameters,
        Normalization = NormalizationKind.ImageNet,
        Augmentation = Augmentation.FbImageNet,
    };

    /// <summary>
    /// How torchvision's IMAGENET1K_V1 weights of its ResNets were trained: 90 epochs, rate 0.1, a tenth of it every 30 epochs,
    /// momentum 0.9, weight decay 1e-4 on all parameters, 32 pictures on each of 8 GPUs (ghost batches of 32); random resized crop and
    /// flip.
    /// </summary>
    public static Recipe TorchVisionV1 { get; } = new()
    {
        Name = "torchvision-v1",
        Source = "pytorch/vision: references/classification/README.md, ResNet; 8 GPUs with 32 pictures each",
        Length = TrainingLength.Epochs(90),
        Schedule = new EpochDecay(0.1, 0.1, Every: 30),
        BatchSize = 256,
        RateBatchSize = 256,
        WeightDecayOn = WeightDecayTarget.AllParameters,
        Normalization = NormalizationKind.ImageNet,
        Augmentation = Augmentation.RandomResizedCropFlip,
    };

    /// <summary>
    /// The short training of "ResNet strikes back" (procedure A3): 100 epochs at 160 pixels, tested at 224; LAMB at 0.008 in
    /// batches of 2048, five epochs of warm-up, cosine, weight decay 0.02 on weights, binary cross-entropy, mixup 0.1 and
    /// cutmix 1.0 in turn, RandAugment of magnitude 6. The network is declared for pictures of 160 × 160. What the paper leaves
    /// open is as in timm's settings of the run: warm-up from 1e-4, cosine down to 1e-6, one rate an epoch, gradients of norm 1
    /// at most, and a class counts as present above a weight of 0.2.
    /// </summary>
    public static Recipe StrikesBackA3 { get; } = new()
    {
        Name = "strikes-back-a3",
        Source = "Wightman, Touvron, Jégou: ResNet strikes back (2021), table 2, procedure A3, and timm's settings for it",
        Length = TrainingLength.Epochs(100),
        Schedule = new Cosine(0.008, Final: 1e-6, ByEpoch: true),
        WarmUp = new WarmUpLinear(1e-4, TrainingLength.Epochs(5), ByEpoch: true),
        BatchSize = 2048,
        RateBatchSize = 2048,
        Optimizer = new Lamb(),
        WeightDecay = 0.02,
        Loss = new BinaryCrossEntropy(TargetThreshold: 0.2),
        Mixing = new Mixing(Mixup: 0.1, Cutmix: 1, Switch: 0.5),
        Normalization = NormalizationKind.ImageNet,
        Augmentation = Augmentation.StrikesBackA3,
        Test = EvaluationProtocol.OneCrop(shorterSide: 235, side: 224),
    };
}
