using ResNetGen.Data;
using ResNetGen.Evaluation;
using static TorchSharp.torch;

namespace ResNetGen;

/// <summary>
/// Tests networks: <c>Evaluator.Run(network, pictures, normalization, EvaluationProtocol.He2015TenCrop)</c>. The network is one that was
/// just trained, or a fresh one whose weights were loaded.
/// </summary>
public static class Evaluator
{
    /// <summary>Tests a network on all pictures of a source.</summary>
    /// <param name="network">The network, on the device where it is to compute; weights and modes stay as they are.</param>
    /// <param name="source">The pictures.</param>
    /// <param name="normalization">That of the pictures that the network was trained on.</param>
    /// <param name="protocol">What it is shown of each picture; null is <see cref="EvaluationProtocol.For"/>.</param>
    /// <param name="options">Batch size, arithmetic, cancellation.</param>
    /// <typeparam name="TNetwork">The network class.</typeparam>
    /// <exception cref="BadInputException">Network, pictures and protocol do not fit, or a picture cannot be read; the message says what to do.</exception>
    /// <exception cref="OperationCanceledException">The evaluation was cancelled.</exception>
    public static Score Run<TNetwork>(
        TNetwork network, PictureSource source, Normalization normalization, EvaluationProtocol? protocol = null, EvaluationOptions? options = null)
        where TNetwork : nn.Module<Tensor, Tensor>, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        options ??= new EvaluationOptions();
        return Run([new Member(network, TNetwork.Architecture, Inference.Of(network, options.Precision))], source, normalization, protocol, options);
    }

    /// <summary>Tests networks that classify together on all pictures of a source.</summary>
    /// <param name="ensemble">The networks, each on the device where it is to compute; weights and modes stay as they are.</param>
    /// <param name="source">The pictures.</param>
    /// <param name="normalization">That of the pictures that the networks were trained on.</param>
    /// <param name="protocol">What they are shown of each picture; null is <see cref="EvaluationProtocol.For"/>.</param>
    /// <param name="options">Batch size, arithmetic, cancellation.</param>
    /// <exception cref="BadInputException">Networks, pictures and protocol do not fit, or a picture cannot be read; the message says what to do.</exception>
    /// <exception cref="OperationCanceledException">The evaluation was cancelled.</exception>
    public static Score Run(
        Ensemble ensemble, PictureSource source, Normalization normalization, EvaluationProtocol? protocol = null, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(ensemble);
        options ??= new EvaluationOptions();
        return Run(ensemble.Members(options.Precision), source, normalization, protocol, options);
    }

    private static Score Run(
        IReadOnlyList<Member> members, PictureSource source, Normalization normalization, EvaluationProtocol? protocol, EvaluationOptions options)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(normalization);
        Score score = new EvaluationPass(members, source, normalization, protocol ?? EvaluationProtocol.For(source), options).Run(options.Cancellation);
        return double.IsFinite(score.Loss) ? score : throw new BadInputException(
            $"{string.Join(", ", members.Select(static member => member.Architecture.Name))}: the scores are not finite. The weights are damaged, or "
            + "the training that made them diverged; load others, or test with Precision.Fp32.");
    }
}
