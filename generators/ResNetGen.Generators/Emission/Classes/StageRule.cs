using ResNetGen.Architecture;
using ResNetGen.Architecture.Layers;

namespace ResNetGen.Generators.Emission.Classes;

/// <summary>A list of blocks: which instance of the class comes first, and which one the others are.</summary>
internal sealed record StageCall(int First, int Rest)
{
    public static StageCall Of(ModuleClass block, Blocks blocks, Shape input)
    {
        Repeat first = blocks.Runs[0], rest = blocks.Runs[blocks.Runs.Count - 1];
        Shape before = input;
        for (int i = 0; i + 1 < blocks.Runs.Count; i++)
            before = blocks.Runs[i].Output(before);

        return blocks.Runs.Count > 2 || (blocks.Runs.Count == 2 && first.Count != 1)
            ? throw new InvalidOperationException($"The blocks of '{blocks.Name}' are of more than two kinds.")
            : new StageCall(Index(block, first, input), Index(block, rest, before));
    }

    private static int Index(ModuleClass block, Repeat run, Shape input) => block.IndexOf(((Instance)run.Body).Body, input);
}

/// <summary>
/// How the blocks after the first one of a list are made: each parameter of theirs is a parameter of the first, a
/// constant, or one that the list is given beside them.
/// </summary>
internal sealed class StageRule
{
    private readonly List<(Parameter Parameter, string Later, bool IsExtra)> _rows = [];

    /// <summary>The declaration of the list's parameters after the count.</summary>
    public string Declaration => string.Concat(
        _rows.Select(row => $", {row.Parameter.Type} {row.Parameter.Name}")
            .Concat(_rows.Where(row => row.IsExtra).Select(row => $", {row.Parameter.Type} {row.Later}")));

    /// <summary>The first block's arguments, by position.</summary>
    public string First => string.Join(", ", _rows.Select(row => row.Parameter.Name));

    /// <summary>The later blocks' arguments.</summary>
    public string Rest => string.Join(", ", _rows.Select(row => IsName(row.Later) ? row.Later : $"{row.Parameter.Name}: {row.Later}"));

    public static StageRule Of(ModuleClass block, IReadOnlyList<StageCall> calls)
    {
        var rule = new StageRule();
        StageCall[] distinct = [.. calls.Distinct()];
        foreach (Parameter parameter in block.Parameters.Used)
        {
            if (parameter.Step is { } step)
            {
                rule._rows.Add((parameter, $"{parameter.Name} + (i * {ParameterSet.Literal(step)})", false));
                continue;
            }

            bool Always(Func<StageCall, string> value) => distinct.All(call => parameter.Argument(call.Rest) == value(call));

            Parameter? source = new[] { parameter }.Concat(block.Parameters.Used)
                .FirstOrDefault(other => other.Type == parameter.Type && Always(call => other.Argument(call.First)));
            string constant = parameter.Argument(distinct[0].Rest);
            if (Always(_ => constant) && source != parameter && source?.Kind != NumberKind.Channels)
                rule._rows.Add((parameter, constant, false));
            else if (source is not null)
                rule._rows.Add((parameter, source.Name, false));
            else
                rule._rows.Add((parameter, "rest" + char.ToUpperInvariant(parameter.Name[0]) + parameter.Name.Substring(1), true));
        }

        return rule;
    }

    public IEnumerable<string> Arguments(StageCall call) =>
        _rows.Select(row => $"{row.Parameter.Name}: {row.Parameter.Argument(call.First)}")
            .Concat(_rows.Where(row => row.IsExtra).Select(row => $"{row.Later}: {row.Parameter.Argument(call.Rest)}"));

    private static bool IsName(string text) => char.IsLetter(text[0]) && text is not ("true" or "false");
}
