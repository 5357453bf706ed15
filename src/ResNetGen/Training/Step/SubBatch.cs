using ResNetGen.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Training;

/// <summary>The part of a batch that goes through the network in one pass.</summary>
/// <param name="Start">Its first picture.</param>
/// <param name="Count">Its pictures.</param>
/// <param name="Whole">The pictures of the whole batch.</param>
internal readonly record struct SubBatch(long Start, long Count, long Whole)
{
    /// <summary>Whether it is all of the batch.</summary>
    public bool IsWhole => Count == Whole;

    /// <summary>Whether it is the last part.</summary>
    public bool IsLast => Start + Count == Whole;

    /// <summary>Cuts a batch into equal parts; a last one may be smaller.</summary>
    /// <param name="whole">Pictures of the batch.</param>
    /// <param name="size">Pictures of a part; null for all.</param>
    public static IEnumerable<SubBatch> Of(long whole, int? size)
    {
        long part = size ?? whole;
        for (long start = 0; start < whole; start += part)
        {
            yield return new SubBatch(start, Math.Min(part, whole - start), whole);
        }
    }

    /// <summary>Its rows of a tensor of the whole batch, on a device.</summary>
    public Tensor Take(Tensor all, Device device) => (IsWhole ? all : all.narrow(0, Start, Count)).to(device);

    /// <summary>The rows that belong to it in the batch in reverse order, on a device.</summary>
    public Tensor TakeReversed(Tensor all, Device device) =>
        (IsWhole ? all : all.narrow(0, Whole - Start - Count, Count)).to(device).flip(0);
}
