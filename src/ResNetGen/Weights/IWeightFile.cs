using ResNetGen.Architecture;
using static TorchSharp.torch;

namespace ResNetGen.Weights;

/// <summary>A tensor of a file, before its elements are read.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Dtype">Its element type.</param>
/// <param name="Shape">Its sizes; empty for a scalar.</param>
internal sealed record WeightEntry(string Name, SafetensorsDtype Dtype, IReadOnlyList<long> Shape);

/// <summary>A file of named tensors, whatever its format.</summary>
internal interface IWeightFile : IDisposable
{
    /// <summary>All tensors, in the order of the file.</summary>
    IReadOnlyList<WeightEntry> Entries { get; }

    /// <summary>Whether they are the running average of the weights, which the file keeps beside the last ones.</summary>
    bool IsAveraged => false;

    /// <summary>What the file says of its weights; null where its format or its writer has no place for that.</summary>
    /// <param name="input">The picture that a mean and deviation by channel are spread over.</param>
    /// <exception cref="BadInputException">It says something that makes no sense.</exception>
    WeightRecord? Record(Shape input) => null;

    /// <summary>Reads one tensor, on the CPU, in no dispose scope.</summary>
    /// <param name="name">The name of one of <see cref="Entries"/>.</param>
    Tensor Read(string name);
}
