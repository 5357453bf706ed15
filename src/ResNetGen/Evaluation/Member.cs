using ResNetGen.Architecture;
using ResNetGen.Data;
using static TorchSharp.torch;

namespace ResNetGen.Evaluation;

/// <summary>A network that is tested, with what is known of it.</summary>
internal sealed record Member(nn.Module<Tensor, Tensor> Network, NetworkArchitecture Architecture, Inference Inference)
{
    /// <summary>Refuses pictures that the network was not made for.</summary>
    /// <exception cref="BadInputException">Channels or classes disagree.</exception>
    public void RequireFit(PictureSource source)
    {
        if (Architecture.Input.Channels != source.Shape.Channels || Architecture.Classes != source.Classes)
        {
            throw new BadInputException(
                $"{Architecture.Name} takes pictures of {Architecture.Input.Channels} channels and tells {Architecture.Classes} classes apart; those of the "
                + $"{source.Name} split have {source.Shape.Channels} channels and {source.Classes} classes. Test it on pictures like those it was trained on.");
        }
    }

    /// <summary>Refuses pictures of another size than the network's, unless the protocol wants it and the weights do not depend on the size.</summary>
    /// <param name="pictures">What the network would be shown.</param>
    /// <param name="wanted">Whether the protocol says the size.</param>
    /// <exception cref="BadInputException">They do not fit.</exception>
    public void RequireSize(Shape pictures, bool wanted)
    {
        if (pictures == Architecture.Input)
        {
            return;
        }

        if (!wanted)
        {
            throw new BadInputException(
                $"{Architecture.Name} takes pictures of {Architecture.Input}; by this protocol it would be shown {pictures}. Choose one that crops them "
                + "(EvaluationProtocol.OneCrop), with the side that you mean.");
        }

        if (Architecture.Root.State(pictures, "").SequenceEqual(Architecture.StateDict))
        {
            return;
        }

        StateEntry entry = Architecture.StateDict.Except(Architecture.Root.State(pictures, "")).First();
        throw new BadInputException(
            $"{Architecture.Name} cannot be tested on pictures of {pictures}: it takes {Architecture.Input}, and {entry.Key} [{string.Join(", ", entry.Shape)}] "
            + "depends on that size. Choose crops of the network's size, or end the network with a global average pool.");
    }
}
