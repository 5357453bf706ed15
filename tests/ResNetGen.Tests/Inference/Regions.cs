using ResNetGen.Native;

namespace ResNetGen.Tests.Inference;

/// <summary>Pieces of a plan's memory.</summary>
internal static class Regions
{
    /// <summary>What lives together must not overlap.</summary>
    public static void RequireApart(IReadOnlyList<InferenceRegion> regions)
    {
        for (int i = 0; i < regions.Count; i++)
        {
            for (int j = i + 1; j < regions.Count; j++)
            {
                (InferenceRegion a, InferenceRegion b) = (regions[i], regions[j]);
                bool together = a.First <= b.Last && b.First <= a.Last, overlap = a.Offset < b.Offset + b.Bytes && b.Offset < a.Offset + a.Bytes;
                Assert.False(together && overlap, $"{a} and {b}");
            }
        }
    }
}
