using ResNetGen.Architecture;
using ResNetGen.Data;
using ResNetGen.Distributed;
using ResNetGen.Evaluation;
using static TorchSharp.torch;

namespace ResNetGen.Training;

/// <summary>
/// A run's pictures: how batches and evaluations are made of them. What does not fit the network is refused before one is read; only
/// then are they measured.
/// </summary>
internal sealed class RunPictures
{
    private readonly Ranks _ranks;
    private readonly Member _member;
    private readonly PictureSource _train;
    private readonly PictureSource _test;
    private readonly Recipe _recipe;
    private readonly TrainerOptions _options;

    /// <exception cref="BadInputException">The pictures, or what the recipe makes of them, do not fit the network.</exception>
    public RunPictures(Member member, PictureSource train, PictureSource test, Recipe recipe, TrainerOptions options, Ranks ranks)
    {
        _ranks = ranks;
        _member = member;
        _train = train;
        _test = test;
        _recipe = recipe;
        _options = options;

        // Constants are as good as measured numbers to see what fits, and reading pictures can take minutes.
        Normalization constants = Normalization.Measure(
            recipe.Normalization == NormalizationKind.ImageNet ? NormalizationKind.ImageNet : NormalizationKind.None, train);
        Shape shown = new BatchRenderer(train, constants, Loading).OutputShape;
        if (shown != member.Architecture.Input)
        {
            throw new BadInputException(FormattableString.Invariant(
                $"Recipe {recipe.Name} shows pictures of {shown}, {member.Architecture.Name} takes {member.Architecture.Input}. Declare the network with Height = {shown.Height} and Width = {shown.Width}, and train it on a dataset class with [ImageDataset({shown.Channels}, {shown.Height}, {shown.Width}, {member.Architecture.Classes})]; or give Recipe.Augmentation a geometry of the network's size."));
        }

        _ = Evaluation(constants);
    }

    /// <summary>The recipe's normalisation, measured on the training pictures.</summary>
    /// <exception cref="BadInputException">A picture cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The run is to end before its first step.</exception>
    public Normalization Measure() => Normalization.Measure(_recipe.Normalization, _train, _options.Cancellation);

    /// <summary>The training batches, for a device.</summary>
    public BatchSource Batches(Normalization normalization, Device device) => new(_train, normalization, Loading, _options.LimitBatches, device);

    /// <summary>The evaluation that is made again and again.</summary>
    public EvaluationPass Evaluation(Normalization normalization) => new(
        [_member], _test, normalization, _recipe.Test ?? EvaluationProtocol.For(_test),
        new EvaluationOptions
        {
            BatchSize = _recipe.MicroBatch ?? _recipe.BatchSize,
            Workers = _test.VariesInSize ? _ranks.Processors : Workers,
        });

    private int Workers => Math.Clamp(_ranks.Processors / 4, 1, 8);

    private BatchLoaderOptions Loading => BatchLoaderOptions.ForTraining(_recipe.BatchSize, _options.Seed, _recipe.Augmentation) with
    {
        ChannelsLast = _member.Inference.ChannelsLast,
        Share = new BatchShare(_ranks.Rank, _ranks.Count, WithPartners: _recipe.Mixing is not null),

        // Enough for a fast device, and few beside the threads that compute; the batches are the same for any number.
        Workers = !_train.VariesInSize ? Workers : _ranks.OnThisMachine > 1 ? _ranks.Processors : 0,
        Prefetch = _train.VariesInSize ? 3 : Workers + 3,
    };
}
