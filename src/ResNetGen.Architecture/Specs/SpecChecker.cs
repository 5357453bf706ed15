using System.Globalization;
using ResNetGen.Architecture.Layers;

namespace ResNetGen.Architecture;

/// <summary>Collects the problems of one specification while its defaults are filled in.</summary>
internal sealed partial class SpecChecker
{
    private readonly List<Problem> _problems = [];
    private readonly Recompute _recompute;

    public SpecChecker(NetworkSpec spec)
    {
        Range(nameof(spec.Channels), spec.Channels, 1, Limits.Channels);
        Range(nameof(spec.Height), spec.Height, 1, Limits.Pixels);
        Range(nameof(spec.Width), spec.Width, 1, Limits.Pixels);
        Range(nameof(spec.Classes), spec.Classes, 0, Limits.Classes);
        Defined(nameof(spec.Recompute), spec.Recompute);
        _recompute = spec.Recompute ?? Recompute.None;
    }

    public bool Failed => _problems.Count > 0;

    public Resolution Failure => new(null, _problems.ToEquatableArray());

    public void Range(string argument, int? value, int least, int most)
    {
        if (value < least || value > most)
            Add(ProblemKind.ValueOutOfRange, argument, Property(argument), Text(value.Value), Text(least), Text(most));
    }

    /// <summary>Between one and eight stages of at least one block each, and no more blocks than a count can hold.</summary>
    public void Range(string argument, EquatableArray<int>? stages)
    {
        if (stages is not { } given)
            return;

        if (given.Count is < 1 or > Limits.Stages)
        {
            Add(ProblemKind.ValueOutOfRange, argument, $"{argument}.Length", Text(given.Count), "1", Text(Limits.Stages));
            return;
        }

        long total = 0;
        foreach (int blocks in given)
        {
            total += blocks;
            if (blocks is < 1 or > Limits.Blocks)
            {
                Add(ProblemKind.ValueOutOfRange, argument, argument, Text(blocks), "1", Text(Limits.Blocks));
                return;
            }
        }

        if (total > Limits.Blocks)
            Add(ProblemKind.ValueOutOfRange, argument, $"sum of {argument}", Text((int)total), "1", Text(Limits.Blocks));
    }

    public void BlockWidth(int? groups, int? widthPerGroup)
    {
        long product = (long)(groups ?? 1) * (widthPerGroup ?? 64);
        if (!Failed && product > Limits.Channels)
            Add(ProblemKind.ValueOutOfRange, groups is null ? "WidthPerGroup" : "Groups", "Groups × WidthPerGroup",
                product.ToString(CultureInfo.InvariantCulture), "1", Text(Limits.Channels));
    }

    public void Defined<T>(string argument, T? value)
        where T : struct, Enum
    {
        if (value is { } given && !Enum.IsDefined(typeof(T), given))
            Add(ProblemKind.ValueOutOfRange, argument, argument, given.ToString(), string.Join(", ", Enum.GetNames(typeof(T))), "");
    }

    public void Meaning<T>(string argument, T? value, string network, string remedy)
        where T : struct, Enum => Meaning(argument, value?.ToString(), network, remedy);

    /// <summary>Notes an option that was set, to a value in words, and changes nothing.</summary>
    public void Meaning(string argument, string? value, string network, string remedy)
    {
        if (value is not null)
            Add(ProblemKind.OptionWithoutMeaning, argument, argument, value, network, remedy);
    }

    public void BasicBlocks(string argument, int? value, int only)
    {
        if (value is { } given && given != only)
            Add(ProblemKind.GroupsOnBasicBlocks, argument, argument, Text(given), Text(only));
    }

    /// <summary>Describes the planned network, unless its widths forbid it.</summary>
    public Resolution Finish(ResidualPlan plan)
    {
        if (!Failed && ShapeCheck.Widths(plan) is { } problem)
            _problems.Add(problem);

        return Failed ? Failure : Finish(ResidualDescription.Describe(plan));
    }

    /// <summary>Walks the planned network once, to find what only shapes can tell.</summary>
    public Resolution Finish(NetworkPlan plan)
    {
        if (!Failed && ShapeCheck.Vanished(plan) is { } problem)
            _problems.Add(problem);

        if (!Failed && !Recomputation.IsIn(plan.Root, plan.Input, _recompute))
            Meaning(nameof(Recompute), _recompute.ToString(), Recomputation.Lack(_recompute), Recomputation.Need(_recompute));

        return Failed ? Failure : new Resolution(plan, []);
    }

    private void Add(ProblemKind kind, string argument, params string[] details) =>
        _problems.Add(new Problem(kind, argument, details.ToEquatableArray()));

    // An argument of another attribute has that one's name before it.
    private static string Property(string argument) => argument.Substring(argument.IndexOf('.') + 1);

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
