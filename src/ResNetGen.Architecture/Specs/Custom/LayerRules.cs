using System.Globalization;

namespace ResNetGen.Architecture;

/// <summary>What can be said of each declared layer alone: its values and its key.</summary>
internal static class LayerRules
{
    public static IEnumerable<Problem> Check(CustomNetworkSpec spec)
    {
        foreach (Problem problem in Check("", spec.Name, spec.Members))
            yield return problem;

        foreach (BranchSpec branch in spec.Branches)
            foreach (Problem problem in Check(branch.ClassName, branch.ClassName, branch.Members))
                yield return problem;
    }

    private static IEnumerable<Problem> Check(string className, string name, EquatableArray<MemberSpec> members)
    {
        if (members.Count == 0)
            yield return new Problem(ProblemKind.NoLayers, "", [name]) { Layer = className };

        var keys = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (MemberSpec member in members)
        {
            var place = new LayerPlace(className, "", member);
            if (keys.TryGetValue(member.Key, out string? first))
                yield return new Problem(ProblemKind.KeyTaken, "", [member.Name, member.Key, first]) { Layer = place.Id };
            else
                keys.Add(member.Key, member.Name);

            if (className.Length > 0 && member.IsTap)
                yield return new Problem(ProblemKind.TapInBranch, "", [place.Id]) { Layer = place.Id };

            foreach (Problem problem in Values(place))
                yield return problem;
        }
    }

    private static IEnumerable<Problem> Values(LayerPlace place)
    {
        IEnumerable<Problem?> all = place.Member.Layer switch
        {
            ConvSpec conv =>
            [
                Range(place, "Channels", conv.Channels, 1, Limits.LayerChannels),
                Range(place, "Kernel", conv.Kernel, 1, Limits.Window),
                Range(place, "Stride", conv.Stride, 1, Limits.Window),
                Range(place, "Groups", conv.Groups, 1, Limits.LayerChannels),
                Range(place, "Dilation", conv.Dilation, 1, Limits.Window),
                Range(place, "Padding", conv.Padding, 0, Limits.Window * Limits.Window),
            ],
            PoolSpec pool =>
            [
                Range(place, "Kernel", pool.Kernel, 1, Limits.Window),
                Range(place, "Stride", pool.Stride, 1, Limits.Window),
                // torch refuses more: a window could lie on nothing but padding.
                pool.Kernel < 1 ? null : Range(place, "Padding", pool.Padding, 0, pool.Kernel / 2),
            ],
            LeakyReLUSpec leaky => [Fraction(place, "NegativeSlope", leaky.NegativeSlope)],
            DropoutSpec dropout => [Fraction(place, "Probability", dropout.Probability)],
            LinearSpec linear => [Range(place, "Features", linear.Features, 1, Limits.Classes)],
            ResidualSpec residual => [Range(place, "Repeat", residual.Repeat, 1, Limits.Blocks), Defined(place, "Shortcut", residual.Shortcut)],
            JoinSpec join => [Defined<Merge>(place, "Merge", join.Merge)],
            _ => [],
        };
        return all.OfType<Problem>();
    }

    private static Problem? Range(LayerPlace place, string argument, int? value, int least, int most) =>
        value < least || value > most
            ? OutOfRange(place, argument, LayerPlace.Text(value.Value), LayerPlace.Text(least), LayerPlace.Text(most))
            : null;

    // Written so that NaN is out of range as well.
    private static Problem? Fraction(LayerPlace place, string argument, double? value) =>
        value is null or (>= 0 and <= 0.99)
            ? null
            : OutOfRange(place, argument, value.Value.ToString(CultureInfo.InvariantCulture), "0", "0.99");

    private static Problem? Defined<T>(LayerPlace place, string argument, T? value)
        where T : struct, Enum =>
        value is { } given && !Enum.IsDefined(typeof(T), given)
            ? OutOfRange(place, argument, given.ToString(), string.Join(", ", Enum.GetNames(typeof(T))), "")
            : null;

    private static Problem OutOfRange(LayerPlace place, string argument, string value, string least, string most) =>
        new(ProblemKind.ValueOutOfRange, argument, [$"{argument} of {place.Id}", value, least, most]) { Layer = place.Id };
}
