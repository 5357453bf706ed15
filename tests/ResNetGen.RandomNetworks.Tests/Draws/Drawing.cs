using FsCheck;
using FsCheck.Fluent;

namespace ResNetGen.RandomNetworks.Tests.Draws;

/// <summary>Draws classes of every family and networks of one's own, right ones and wrong ones.</summary>
internal static class Drawing
{
    private const int Decisions = 96;

    /// <summary>A number of draws; the same for the same seed.</summary>
    public static IReadOnlyList<Draw> Draw(int count, ulong seed)
    {
        Gen<int[]> numbers = Gen.Choose(0, 1 << 20).ArrayOf(Decisions);
        return [.. Sampling.Of(numbers, count, seed).Select((drawn, index) => Draw(new Choices(drawn), $"Net{index}"))];
    }

    private static Draw Draw(Choices choices, string name) => choices.Below(8) switch
    {
        0 or 1 => FamilyDraws.Right(choices, name),
        2 => FamilyDraws.Wild(choices, name),
        3 => FamilyDraws.Wrong(choices, name),
        4 => new CustomDraw(choices, name).Wrong(),
        _ => new CustomDraw(choices, name).Right(),
    };
}
